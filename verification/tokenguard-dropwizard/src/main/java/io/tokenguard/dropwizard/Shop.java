package io.tokenguard.dropwizard;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.jaxrs.TokenGuardFeature;

public class Shop extends Application<Configuration> {
    public static void main(String[] args) throws Exception {
        new Shop().run(args);
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
        TokenGuard guard = GuardProperties.load().toBuilder().build();
        environment.lifecycle().manage(new AutoCloseableManager(guard));
        environment.jersey().register(TokenGuardFeature.of(guard));
        environment.jersey().register(Orders.class);
    }
}
