package io.tokenguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records the method that a request matched, on runtimes that inject no {@link ResourceInfo} into filters. Registered once
 * for each resource method, so that the runtime calls it for requests to that method only; runs just before {@link
 * AuthorizationFilter}.
 */
@Priority(Priorities.AUTHENTICATION - 1)
final class MatchedMethod implements ContainerRequestFilter {
    private static final String PROPERTY = MatchedMethod.class.getName();

    private final Class<?> resource;
    private final Method method;

    MatchedMethod(Class<?> resource, Method method) {
        this.resource = resource;
        this.method = method;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, new Match(servingClass(request), method));
    }

    /** The method that the request matched; null if the runtime has not reported it. */
    static @Nullable ResourceInfo in(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof ResourceInfo match ? match : null;
    }

    /** The class and the method that the runtime reported. */
    private record Match(Class<?> getResourceClass, Method getResourceMethod) implements ResourceInfo {}

    /** A locator may return a subclass of the reported class, with its own rules. */
    private Class<?> servingClass(ContainerRequestContext request) {
        List<Object> matched = request.getUriInfo().getMatchedResources();
        return !matched.isEmpty() && resource.isInstance(matched.get(0))
                ? matched.get(0).getClass()
                : resource;
    }
}
