package io.tokenguard.quarkus;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.jaxrs.TokenGuardFeature;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

@Provider
@Singleton
public class Guarding implements Feature, DynamicFeature {
    private final TokenGuard guard = GuardProperties.load().toBuilder().build();
    private final TokenGuardFeature feature;

    Guarding(RoutingContext exchange) {
        feature = TokenGuardFeature.builder(guard)
                .clientAddress(request -> exchange.request().remoteAddress().hostAddress())
                .build();
    }

    @Override
    public boolean configure(FeatureContext context) {
        return feature.configure(context);
    }

    @Override
    public void configure(ResourceInfo method, FeatureContext context) {
        feature.configure(method, context);
    }

    @PreDestroy
    void close() {
        guard.close();
    }
}
