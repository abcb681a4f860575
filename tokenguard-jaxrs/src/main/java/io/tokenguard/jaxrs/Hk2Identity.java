package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessToken;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import org.glassfish.hk2.api.Factory;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.jspecify.annotations.Nullable;

/** Lets HK2, and so Jersey, inject the token into {@code @Context}. Loaded only if HK2 is present. */
final class Hk2Identity extends AbstractBinder {
    @Override
    protected void configure() {
        bindFactory(OfRequest.class).to(AccessToken.class);
    }

    /** Created by HK2 for each injection point. */
    static final class OfRequest implements Factory<@Nullable AccessToken> {
        @Context
        private @Nullable ContainerRequestContext request;

        @Override
        public @Nullable AccessToken provide() {
            return request == null ? null : Gate.tokenOf(request::getProperty);
        }

        /** Nothing to dispose of. */
        @Override
        public void dispose(@Nullable AccessToken instance) {}
    }
}
