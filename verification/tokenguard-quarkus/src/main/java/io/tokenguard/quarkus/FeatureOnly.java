package io.tokenguard.quarkus;

import io.quarkus.arc.profile.IfBuildProfile;
import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.jaxrs.TokenGuardFeature;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/** Passes on half of what the recipe does. */
@Provider
@Singleton
@IfBuildProfile("feature-only")
public class FeatureOnly implements Feature {
    private final TokenGuard guard = GuardProperties.load().toBuilder().build();

    @Override
    public boolean configure(FeatureContext context) {
        return TokenGuardFeature.of(guard).configure(context);
    }

    /** Leaves the recipe out. */
    @IfBuildProfile("feature-only")
    public static class Selection extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Orders.class, FeatureOnly.class);
        }
    }
}
