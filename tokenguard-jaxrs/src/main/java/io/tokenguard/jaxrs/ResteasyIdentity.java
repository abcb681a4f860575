package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessToken;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.spi.ContextInjector;
import org.jboss.resteasy.spi.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Lets RESTEasy inject the token into {@code @Context}. Loaded on RESTEasy only. */
@Provider
final class ResteasyIdentity implements ContextInjector<AccessToken, AccessToken> {
    @Context
    private @Nullable HttpRequest request;

    @Override
    @SuppressWarnings("NullAway") // RESTEasy injects null if there is none
    public @Nullable AccessToken resolve(
            Class<? extends AccessToken> type, Type genericType, Annotation[] annotations) {
        return request == null ? null : Gate.tokenOf(request::getAttribute);
    }
}
