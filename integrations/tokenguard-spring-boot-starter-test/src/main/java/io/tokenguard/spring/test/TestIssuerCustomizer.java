package io.tokenguard.spring.test;

import io.tokenguard.testkit.TestIssuer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Starts an issuer, and sets the properties by which an application trusts it. Equal ones share a context.
 *
 * @param property the key that is set to the issuer's identifier
 */
record TestIssuerCustomizer(String property) implements ContextCustomizer {
    private static final String ISSUER_URI = "issuer-uri";
    private static final String DEFAULT_AUDIENCE = "https://api.example.com";

    TestIssuerCustomizer {
        if (!property.endsWith(ISSUER_URI)) {
            throw new IllegalArgumentException("@WithTestIssuer(property = \"" + property
                    + "\") is not the key of an issuer; use tokenguard.issuers.<id>.issuer-uri");
        }
    }

    /**
     * Closes an issuer with the context that uses it.
     *
     * @param issuer the issuer
     */
    private record Closing(TestIssuer issuer) implements ApplicationListener<ContextClosedEvent> {
        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            issuer.close();
        }
    }

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        ConfigurableEnvironment environment = context.getEnvironment();
        List<String> configured = Binder.get(environment)
                .bind(sibling("audiences"), Bindable.listOf(String.class))
                .orElse(List.of());
        List<String> audiences = configured.isEmpty() ? List.of(DEFAULT_AUDIENCE) : configured;
        TestIssuer issuer =
                TestIssuer.builder().audience(audiences.toArray(String[]::new)).start();
        Map<String, Object> settings = new HashMap<>();
        settings.put(property, issuer.issuer());
        if (configured.isEmpty()) {
            settings.put(sibling("audiences"), DEFAULT_AUDIENCE);
        }
        if (environment.containsProperty(sibling("jwks-uri"))) {
            settings.put(sibling("jwks-uri"), issuer.jwksUri().toString());
        }
        environment.getPropertySources().addFirst(new MapPropertySource("TokenGuard's test issuer", settings));
        context.getBeanFactory().registerSingleton("tokenGuardTestIssuer", issuer);
        context.addApplicationListener(new Closing(issuer));
    }

    /** Another setting of the same issuer. */
    private String sibling(String name) {
        return property.substring(0, property.length() - ISSUER_URI.length()) + name;
    }
}
