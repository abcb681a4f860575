package io.tokenguard.spring;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.servlet.HandlerRules;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponse;
import org.springframework.web.cors.PreFlightRequestHandler;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Finds the handler that Spring MVC will call for a request, before Spring does, and what its annotations require. Thread-safe.
 */
final class SpringHandlerRules implements HandlerRules {
    private static final String DECIDED = SpringHandlerRules.class.getName();
    private static final String HANDLER = DECIDED + ".handler";

    private final Supplier<List<HandlerMapping>> mappings;
    private final String servletName;
    private final Optional<String> openHealthPath;
    private final RequirementCache requirements = new RequirementCache();

    /**
     * Rules by the handlers of one servlet.
     *
     * @param mappings its mappings, in their order; available once the application has started
     * @param servletName the servlet that calls the handlers
     * @param openHealthPath the pattern of the health endpoint that is open to everyone; empty if none is
     */
    SpringHandlerRules(Supplier<List<HandlerMapping>> mappings, String servletName, Optional<String> openHealthPath) {
        this.mappings = mappings;
        this.servletName = servletName;
        this.openHealthPath = openHealthPath;
    }

    @Override
    public Optional<AccessRequirement> of(HttpServletRequest request) {
        Found found = servletName.equals(request.getHttpServletMapping().getServletName())
                ? find(new OwnAttributes(request))
                : Found.NOTHING;
        Optional<AccessRequirement> decided = of(found);
        request.setAttribute(DECIDED, decided);
        request.setAttribute(HANDLER, found.handler());
        return decided;
    }

    @Override
    public String nameOf(HttpServletRequest request) {
        return request.getAttribute(HANDLER) instanceof HandlerMethod method
                ? method.getBeanType().getName() + "." + method.getMethod().getName()
                : "";
    }

    private Optional<AccessRequirement> of(Found found) {
        boolean isOpen = found.handler() instanceof PreFlightRequestHandler
                || openHealthPath.filter(found::isEndpointBelow).isPresent();
        if (isOpen) {
            // Spring answers preflights by itself (Fetch Standard, CORS-preflight fetch).
            return Optional.of(AccessRequirement.open());
        }
        return found.handler() instanceof HandlerMethod method ? requirements.of(method) : Optional.empty();
    }

    /**
     * Whether the handler that Spring is about to call requires what the filter has decided by. Filters between the two may have
     * changed the request's method, path or parameters, and so its handler.
     *
     * @param request the request as Spring has it
     */
    boolean isAsDecided(HttpServletRequest request, Object handler) {
        DispatcherType type = request.getDispatcherType();
        if (type == DispatcherType.INCLUDE || type == DispatcherType.ERROR) {
            return true;
        }
        return of(new Found(handler, pattern(request))).equals(request.getAttribute(DECIDED));
    }

    private static String pattern(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    }

    private Found find(HttpServletRequest request) {
        ServletRequestPathUtils.parseAndCache(request);
        for (HandlerMapping mapping : mappings.get()) {
            HandlerExecutionChain chain = chain(mapping, request);
            if (chain != null) {
                return new Found(chain.getHandler(), pattern(request));
            }
        }
        return Found.NOTHING;
    }

    /** Null where the mapping has no handler, or answers 405, 406 or 415 by itself. */
    private static @Nullable HandlerExecutionChain chain(HandlerMapping mapping, HttpServletRequest request) {
        try {
            return mapping.getHandler(request);
        } catch (Exception failure) {
            if (failure instanceof ErrorResponse) {
                return null;
            }
            throw new IllegalStateException("the handler of a request can't be found", failure);
        }
    }

    /** The handler of a request, and the pattern that matched. */
    private record Found(@Nullable Object handler, String pattern) {
        static final Found NOTHING = new Found(null, "");

        boolean isEndpointBelow(String path) {
            boolean isOfBoot = handler instanceof HandlerMethod method
                    && method.getBeanType().getName().startsWith("org.springframework.boot.");
            return isOfBoot && (pattern.equals(path) || pattern.startsWith(path + "/"));
        }
    }

    /** A request that keeps the attributes that are set on it to itself, so that Spring finds the request as it came. */
    private static final class OwnAttributes extends HttpServletRequestWrapper {
        private final Map<String, @Nullable Object> own = new HashMap<>();

        OwnAttributes(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return own.containsKey(name) ? own.get(name) : super.getAttribute(name);
        }

        @Override
        public void setAttribute(String name, @Nullable Object value) {
            own.put(name, value);
        }

        @Override
        public void removeAttribute(String name) {
            own.put(name, null);
        }
    }
}
