package io.tokenguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/**
 * Sees a request last before it is matched. What a filter of the application answers before that, such as a preflight, is its
 * own answer; all that is answered later has to be judged.
 */
@PreMatching
@Priority(Integer.MAX_VALUE)
final class ThresholdFilter implements ContainerRequestFilter {
    private static final String PROPERTY = ThresholdFilter.class.getName();

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, true);
    }

    static void forget(ContainerRequestContext request) {
        request.removeProperty(PROPERTY);
    }

    static boolean hasLetPass(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) != null;
    }
}
