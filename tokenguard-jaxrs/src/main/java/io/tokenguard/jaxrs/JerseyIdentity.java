package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessToken;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import java.util.function.Supplier;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.jspecify.annotations.Nullable;

/** Lets Jersey inject the token where it is asked for with {@code @Context}. Loaded on Jersey only. */
final class JerseyIdentity extends AbstractBinder {
    @Override
    protected void configure() {
        bindFactory(OfRequest.class).to(AccessToken.class);
    }

    /** Made by Jersey for each place that asks. */
    static final class OfRequest implements Supplier<@Nullable AccessToken> {
        @Context
        private @Nullable ContainerRequestContext request;

        @Override
        public @Nullable AccessToken get() {
            return request == null ? null : Gate.tokenOf(request::getProperty);
        }
    }
}
