package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.IncomingRequest;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The resource method that a request matched.
 *
 * @param required its requirement
 * @param matched the method, as the runtime reports it; null if the request matched none
 */
record MatchedHandler(AccessRequirement required, @Nullable ResourceInfo matched) implements IncomingRequest.Handler {
    @Override
    public Optional<AccessRequirement> requirement() {
        return Optional.of(required);
    }

    @Override
    public String name() {
        Class<?> resource = matched == null ? null : matched.getResourceClass();
        Method method = matched == null ? null : matched.getResourceMethod();
        return resource == null || method == null ? "" : resource.getName() + "." + method.getName();
    }

    @Override
    public boolean isSelected() {
        return matched != null;
    }
}
