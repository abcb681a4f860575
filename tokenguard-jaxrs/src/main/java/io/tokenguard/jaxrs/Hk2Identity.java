package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessToken;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import org.glassfish.hk2.api.Factory;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.jspecify.annotations.Nullable;

/** Lets HK2, and so Jersey, inject the token where it is asked for with {@code @Context}. Loaded beside it only. */
final class Hk2Identity extends AbstractBinder {
    @Override
    protected void configure() {
        bindFactory(OfRequest.class).to(AccessToken.class);
    }

    /** Made by HK2 for each place that asks. */
    static final class OfRequest implements Factory<@Nullable AccessToken> {
        @Context
        private @Nullable ContainerRequestContext request;

        @Override
        public @Nullable AccessToken provide() {
            return request == null ? null : Gate.tokenOf(request::getProperty);
        }

        /** There is nothing to dispose of. */
        @Override
        public void dispose(@Nullable AccessToken instance) {}
    }
}
