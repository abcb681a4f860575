package io.tokenguard.quarkus;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.Startup;
import io.tokenguard.GuardProperties;
import io.tokenguard.jaxrs.TokenGuardFeature;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Makes a feature, and registers it nowhere. */
@Startup
@Singleton
@IfBuildProfile("unused")
public class Unused {
    final TokenGuardFeature feature =
            TokenGuardFeature.of(GuardProperties.load().toBuilder().build());

    /** Leaves the recipe out. */
    @IfBuildProfile("unused")
    public static class Selection extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Orders.class);
        }
    }
}
