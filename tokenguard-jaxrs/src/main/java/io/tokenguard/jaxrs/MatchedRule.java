package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.RefusalReason;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the requirement of a matched request: that of the resource method and of every locator before it.
 *
 * @param rules the requirement of each method
 * @param chain finds the locators
 * @param automaticOptions the requirement of OPTIONS requests that the runtime answers itself
 * @param failures limits the log lines if that fails
 */
record MatchedRule(RuleBook rules, MatchChain chain, AccessRequirement automaticOptions, RepeatedFailure failures) {
    private static final Logger LOG = LoggerFactory.getLogger(TokenGuardFeature.class);
    private static final AccessRequirement FAILED = new AccessRequirement.Denied(RefusalReason.INTERNAL_FAILURE);

    MatchedRule(RuleBook rules, MatchChain chain, AccessRequirement automaticOptions) {
        this(rules, chain, automaticOptions, new RepeatedFailure(System::nanoTime));
    }

    AccessRequirement of(ContainerRequestContext request, @Nullable ResourceInfo matched) {
        try {
            Class<?> resource = matched == null ? null : matched.getResourceClass();
            Method method = matched == null ? null : matched.getResourceMethod();
            return resource == null || method == null ? ofNoMethod(request) : of(request, resource, method);
        } catch (ConfigurationException contradiction) {
            LOG.debug("Refused: {}", contradiction.getMessage());
            return RuleBook.MISSING;
        } catch (RuntimeException | LinkageError failure) {
            failures.log(count -> LOG.error(
                    "Refused: a rule could not be found, {} times since the last such line: {}",
                    count,
                    failure.getClass().getName()));
            return FAILED;
        }
    }

    /** The requirement of requests that a runtime answers itself. */
    AccessRequirement ofNoMethod(ContainerRequestContext request) {
        return request.getMethod().equals(HttpMethod.OPTIONS) ? automaticOptions : RuleBook.MISSING;
    }

    private AccessRequirement of(ContainerRequestContext request, Class<?> resource, Method method) {
        EndpointRule rule = rules.ruleOf(resource, method);
        boolean isEndpoint = rule.isStated() || rules.isDesignated(resource, method);
        return isEndpoint
                ? chain.of(request.getUriInfo()).map(rule.requirement()::and).orElse(rule.requirement())
                : ofNoMethod(request);
    }
}
