package io.tokenguard.servlet;

import io.tokenguard.access.AccessRequirement;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Finds what the handler requires that a web framework will call for a request, such as by annotations of a controller's
 * method. Must be thread-safe.
 */
@FunctionalInterface
public interface HandlerRules {
    /**
     * The requirement of a request's handler, in addition to the guard's routes. Called for requests, forwards and async
     * dispatches, not for includes. If it throws, the request is refused.
     *
     * @param request the request as the framework will have it; its attributes must be left as they are
     * @return the requirement; empty if no handler is found, or if it states none: the guard's routes then decide alone
     */
    Optional<AccessRequirement> of(HttpServletRequest request);

    /**
     * The name of a request's handler in the audit log, such as {@code com.example.Orders.list}. Called after {@link #of}, and
     * only if the request is refused.
     *
     * @param request the request that was passed to {@link #of}
     * @return the name; empty, as by default, if it is unknown
     */
    default String nameOf(HttpServletRequest request) {
        return "";
    }
}
