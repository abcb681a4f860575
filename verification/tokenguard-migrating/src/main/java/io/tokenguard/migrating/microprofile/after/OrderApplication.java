package io.tokenguard.migrating.microprofile.after;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.jaxrs.TokenGuardFeature;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

@ApplicationPath("/")
public class OrderApplication extends Application {
    private final TokenGuard guard = GuardProperties.load().toBuilder().build();
    private final TokenGuardFeature feature = TokenGuardFeature.of(guard);

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(OrderResource.class);
    }

    @Override
    public Set<Object> getSingletons() {
        return Set.of(feature);
    }
}
