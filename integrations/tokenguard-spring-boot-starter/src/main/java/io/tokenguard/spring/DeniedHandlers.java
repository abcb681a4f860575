package io.tokenguard.spring;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Says at start which handlers are denied because neither a route nor an annotation names them, and which can't be called. */
final class DeniedHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(DeniedHandlers.class);

    private final TokenGuard guard;
    private final RequirementCache requirements = new RequirementCache();

    DeniedHandlers(TokenGuard guard) {
        this.guard = guard;
    }

    /**
     * Reports.
     *
     * @throws io.tokenguard.access.ConfigurationException if the annotations of a handler contradict each other, or
     *     an argument can't be a claim
     */
    void report(List<HandlerMapping> mappings) {
        Set<String> denied = new TreeSet<>();
        for (HandlerMapping mapping : mappings) {
            if (mapping instanceof RequestMappingHandlerMapping methods) {
                methods.getHandlerMethods().forEach((where, handler) -> look(where, handler, denied));
            }
        }
        if (!denied.isEmpty()) {
            LOG.warn(
                    "{} handlers are denied to everyone, because neither a route (tokenguard.routes) nor an annotation"
                            + " (@RequiresScopes, @Authenticated, @PermitAll) names them: {}",
                    denied.size(),
                    denied);
        }
    }

    private void look(RequestMappingInfo where, HandlerMethod handler, Set<String> denied) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            ClaimArguments.requireSupported(parameter, handler.getShortLogMessage());
        }
        Optional<AccessRequirement> stated = requirements.of(handler);
        stated.flatMap(guard::obstacleTo)
                .ifPresent(obstacle -> LOG.warn("No request can reach {}: {}", handler.getShortLogMessage(), obstacle));
        boolean isOfFramework = handler.getBeanType().getName().startsWith("org.springframework.");
        if (stated.isEmpty() && !isOfFramework) {
            for (Map.Entry<String, String> call : calls(where)) {
                if (!guard.hasRouteFor(call.getKey(), call.getValue().replaceAll("\\{[^/]*}|\\*+", "x"))) {
                    denied.add(call.getKey() + " " + call.getValue());
                }
            }
        }
    }

    private static List<Map.Entry<String, String>> calls(RequestMappingInfo where) {
        Set<RequestMethod> methods = where.getMethodsCondition().getMethods();
        List<Map.Entry<String, String>> calls = new ArrayList<>();
        for (String pattern : where.getPatternValues()) {
            if (methods.isEmpty()) {
                calls.add(Map.entry("GET", pattern));
            }
            methods.forEach(method -> calls.add(Map.entry(method.name(), pattern)));
        }
        return calls;
    }
}
