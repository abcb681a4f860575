package io.tokenguard.jaxrs;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.TrustedIssuerBuilder;
import io.tokenguard.spi.KeySource;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.glassfish.jersey.server.ResourceConfig;

/** A Jakarta REST application behind the feature. Resources are classes, or objects that live as long as it. */
final class RestApplication {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.RS256);

    private final List<Object> resources = new ArrayList<>();
    private final List<Object> components = new ArrayList<>();
    private final List<Consumer<ResourceConfig>> jerseyResources = new ArrayList<>();
    private final Map<String, Servlet> servlets = new LinkedHashMap<>();
    private final List<String> routes = new ArrayList<>();
    private UnaryOperator<TokenGuardFeature.Builder> settings = UnaryOperator.identity();
    private final CountedKeys counted = new CountedKeys(KEY);
    private KeySource keys = counted;
    private UnaryOperator<TrustedIssuerBuilder> trust = UnaryOperator.identity();
    private UnaryOperator<TokenGuardBuilder> guarding = UnaryOperator.identity();
    private TokenGuard guard;
    private boolean trustsForwarding;
    private final List<Filter> filters = new ArrayList<>();
    private FeatureOf making =
            built -> settings.apply(TokenGuardFeature.builder(built).clientAddress(any -> "127.0.0.1"))
                    .build();

    /** Makes the feature. */
    @FunctionalInterface
    interface FeatureOf {
        TokenGuardFeature make(TokenGuard guard) throws Exception;
    }

    RestApplication(Object... resources) {
        this.resources.addAll(List.of(resources));
    }

    /** Registers a filter, an exception mapper or the like beside the feature. */
    RestApplication with(Object component) {
        components.add(component);
        return this;
    }

    /** Adds what only Jersey knows. */
    RestApplication withJersey(Consumer<ResourceConfig> addition) {
        jerseyResources.add(addition);
        return this;
    }

    RestApplication set(UnaryOperator<TokenGuardFeature.Builder> change) {
        settings = change;
        return this;
    }

    /** Makes the feature in another way than by settings. */
    RestApplication featureFrom(FeatureOf maker) {
        making = maker;
        return this;
    }

    RestApplication guardedBy(UnaryOperator<TokenGuardBuilder> change) {
        guarding = change;
        return this;
    }

    RestApplication trusting(UnaryOperator<TrustedIssuerBuilder> change) {
        trust = change;
        return this;
    }

    RestApplication keysFrom(KeySource source) {
        keys = source;
        return this;
    }

    /** Puts the servlet filter before it. */
    RestApplication behindFilter(String... rules) {
        routes.addAll(List.of(rules));
        return this;
    }

    RestApplication servlet(String path, Servlet servlet) {
        servlets.put(path, servlet);
        return this;
    }

    /** Puts a filter of a framework in front of it. */
    RestApplication behind(Filter filter) {
        filters.add(filter);
        return this;
    }

    List<Filter> filters() {
        return filters;
    }

    /** Lets Jetty believe the forwarding fields of any client. */
    RestApplication trustingForwarding() {
        trustsForwarding = true;
        return this;
    }

    RestSite on(RestRuntime runtime) throws Exception {
        TestIssuer issuer = TestIssuer.builder().keys(KEY).start();
        TokenGuardBuilder builder = TokenGuard.builder()
                .issuer(trust.apply(TrustedIssuer.builder(issuer.issuer())
                                .keysFrom(keys)
                                .audience("https://api.example.com")
                                .rolesClaim("roles"))
                        .build());
        routes.forEach(builder::route);
        guard = guarding.apply(builder).build();
        TokenGuardFeature feature = making.make(guard);
        components.add(0, feature);
        try {
            return new RestSite(runtime.start(this), issuer, guard, feature, counted);
        } catch (Exception failure) {
            guard.close();
            issuer.close();
            throw failure;
        }
    }

    List<Object> resources() {
        return resources;
    }

    List<Object> components() {
        return components;
    }

    List<Consumer<ResourceConfig>> jerseyResources() {
        return jerseyResources;
    }

    Map<String, Servlet> servlets() {
        return servlets;
    }

    TokenGuard guard() {
        return guard;
    }

    boolean trustsForwarding() {
        return trustsForwarding;
    }

    boolean isFiltered() {
        return !routes.isEmpty();
    }
}
