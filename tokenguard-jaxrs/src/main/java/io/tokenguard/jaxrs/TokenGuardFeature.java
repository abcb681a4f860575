package io.tokenguard.jaxrs;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Route;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Protects the resources of a Jakarta REST application with a {@link TokenGuard}, by their annotations. Answers refused
 * requests with the guard's refusal. Works in any runtime of Jakarta REST 3.1 or 4.0, with servlets or without; immutable.
 *
 * <p>A method requires what its annotations state: {@link Authenticated}, {@link RequiresScopes}, {@link RequiresRoles},
 * {@link RequiresPolicy}, {@link RequiresAuthentication}, {@link RequiresProof}, {@link RequiresFreshAnswer},
 * {@link jakarta.annotation.security.RolesAllowed}, {@link jakarta.annotation.security.PermitAll},
 * {@link jakarta.annotation.security.DenyAll}. It also requires the rules of the methods that it overrides or implements. If
 * none of them has a rule, the rules of its class and of all supertypes apply together. A rule of a method replaces that of a
 * class, in the same class or below. A class rule that opens to everyone applies only to methods that the class has, and not to
 * those that subclasses add. A sub-resource also requires what its locators require. Requests to a method without any rule are
 * denied.
 *
 * <p>The application finds the identity in {@link SecurityContext}, and the token by {@link #accessToken}; on Jersey (with
 * HK2) and RESTEasy also in parameters of resource methods with {@code @Context}.
 */
public final class TokenGuardFeature implements Feature {
    private static final String NOT_STARTED =
            "Register it in a way that this runtime supports, see the table of runtimes in"
                    + " docs/jaxrs.md; do not build it twice.";

    private final Gate gate;
    private final MatchedRule rules;
    private final EndpointListing endpoints;
    private final AccessRequirement beforeMatching;
    private final Map<String, BiFunction<IncomingRequest, InputStream, FeedAnswer>> feeds;
    private final Runnable started;

    private TokenGuardFeature(Builder settings) {
        RuleBook book = new RuleBook(settings.ruledByHand);
        this.gate = new Gate(settings.guard, settings.clientAddress);
        MatchChain chain = new MatchChain(book);
        this.rules = new MatchedRule(book, chain, settings.automaticOptions);
        this.endpoints = new EndpointListing(settings.guard, book, chain, settings.isStrict);
        this.beforeMatching = settings.beforeMatching;
        this.feeds = Map.copyOf(settings.feeds);
        this.started = settings.guard.expectAdapter(TokenGuardFeature.class.getSimpleName(), NOT_STARTED);
    }

    /**
     * A feature with default settings.
     *
     * @param guard created and closed by the application; its routes are not used
     */
    public static TokenGuardFeature of(TokenGuard guard) {
        return builder(guard).build();
    }

    /**
     * Starts the configuration of a feature.
     *
     * @param guard created and closed by the application; its routes are not used
     */
    public static Builder builder(TokenGuard guard) {
        return new Builder(guard);
    }

    /**
     * The token of a request that was let through; empty on a public resource.
     *
     * @param identity as the runtime injects it
     */
    public static Optional<AccessToken> accessToken(SecurityContext identity) {
        return identity.getUserPrincipal() instanceof TokenPrincipal principal
                ? Optional.of(principal.token())
                : Optional.empty();
    }

    /**
     * Registers the parts of the feature.
     *
     * @throws ConfigurationException if rules of the resources known by now contradict each other; those registered later
     *     fail the start later; if the console is configured, and not on the class path
     */
    @Override
    public boolean configure(FeatureContext context) {
        endpoints.beginToStart();
        Stream.concat(
                        context.getConfiguration().getClasses().stream(),
                        context.getConfiguration().getInstances().stream().map(Object::getClass))
                .filter(type -> Locator.path(Lineage.of(type).types()).isPresent())
                .forEach(endpoints::inspect);
        // A writer makes RESTEasy refuse answers from the threads of an event loop.
        boolean storesWrites = gate.guard().hasWrites();
        context.register(endpoints)
                .register(new ArrivalFilter(endpoints))
                .register(new ThresholdFilter(gate, beforeMatching))
                .register(new MetadataFilter(gate.guard(), endpoints))
                .register(new PreflightFilter(gate))
                .register(new HealthFilter(gate))
                .register(new AuthorizationFilter(gate, rules, endpoints, storesWrites))
                .register(new RefusalSeal(gate, rules));
        if (storesWrites) {
            context.register(new WriteEnd.Returned())
                    .register(new WriteEnd.Sent())
                    .register(new WriteEnd.Writer());
        }
        gate.guard().console().ifPresent(console -> context.register(new ConsoleFilter(gate, console)));
        if (!feeds.isEmpty()) {
            context.register(new FeedFilter(gate, feeds));
        }
        registerWherePresent(context, "jakarta.servlet.http.HttpServletRequest", () -> new ServletAddressFilter());
        registerWherePresent(
                context, "org.glassfish.jersey.inject.hk2.Hk2InjectionManagerFactory", () -> new Hk2Identity());
        registerWherePresent(context, "org.jboss.resteasy.spi.ContextInjector", () -> new ResteasyIdentity());
        started.run();
        return true;
    }

    /**
     * Reads the rule of one resource method, and applies it to the requests that match the method. To be called by a {@link
     * jakarta.ws.rs.container.DynamicFeature} of the application on runtimes that ignore one that a feature registers, such
     * as Quarkus REST. Other runtimes need only {@link #configure(FeatureContext)}.
     *
     * @throws ConfigurationException if the method's rules contradict each other, or if feeds are set: such a runtime runs
     *     filters before matching on threads that must not wait for a body
     */
    public void configure(ResourceInfo endpoint, FeatureContext context) {
        if (!feeds.isEmpty()) {
            throw ConfigurationException.of(
                    "path of a feed",
                    feeds.keySet(),
                    "this runtime can't receive feeds in a filter; leave logoutAt and eventsAt out, and call"
                            + " TokenGuard.receiveLogout and receiveEvents in a resource method");
        }
        endpoints.configure(endpoint, context);
        context.register(new MatchedMethod(endpoint.getResourceClass(), endpoint.getResourceMethod()));
    }

    /**
     * Registers a part that needs an optional library, if it can be loaded, so that no module descriptor has to require it.
     */
    private static void registerWherePresent(FeatureContext context, String className, Supplier<Object> component) {
        try {
            Class<?> found = Class.forName(className, false, context.getClass().getClassLoader());
            TokenGuardFeature.class.getModule().addReads(found.getModule());
        } catch (ClassNotFoundException absent) {
            return;
        }
        context.register(component.get());
    }

    /**
     * The rules of all resource methods that the runtime has found so far. Runtimes find the methods of root resources when
     * they start, and those of sub-resources when one is first located.
     */
    public List<EndpointRule> endpoints() {
        return endpoints.found();
    }

    /** Collects the settings of a feature. Not thread-safe. */
    public static final class Builder {
        private final TokenGuard guard;
        private final Map<Class<?>, AccessRequirement> ruledByHand = new HashMap<>();
        private AccessRequirement automaticOptions = RuleBook.MISSING;
        private Function<ContainerRequestContext, String> clientAddress = ServletAddressFilter.OF_SERVLET;
        private AccessRequirement beforeMatching = AccessRequirement.open();
        private final Map<String, BiFunction<IncomingRequest, InputStream, FeedAnswer>> feeds = new HashMap<>();
        private boolean isStrict;

        private Builder(TokenGuard guard) {
            this.guard = guard;
        }

        /**
         * Fails the start if a resource method has no rule, or a rule that no request can meet. Off by default: such methods
         * are refused, with a warning.
         */
        public Builder strict() {
            isStrict = true;
            return this;
        }

        /**
         * Sets the rule of a class that can't be annotated, such as a resource of the runtime or a handler of a resource that
         * is created in code. It counts like an annotation on that class.
         *
         * @throws ConfigurationException if the class has one already
         */
        public Builder rule(Class<?> resource, AccessRequirement requirement) {
            if (ruledByHand.putIfAbsent(resource, requirement) != null) {
                throw ConfigurationException.of("rule", resource.getName(), "it has a rule already; set it once");
            }
            return this;
        }

        /**
         * The requirement of OPTIONS requests that no annotated method serves, such as those that the runtime answers itself.
         * Default: they are denied. Opening them tells anyone which methods a path has.
         */
        public Builder automaticOptions(AccessRequirement requirement) {
            automaticOptions = requirement;
            return this;
        }

        /**
         * A requirement of every request before it is matched, in addition to that of its method. Default: none. Jakarta REST
         * calls locators during matching: with {@link AccessRequirement#authenticated()} they run for valid tokens only,
         * callers without one can't find out which paths exist, and no resource is public.
         */
        public Builder beforeMatching(AccessRequirement requirement) {
            beforeMatching = requirement;
            return this;
        }

        /**
         * Receives logout tokens of issuers (OpenID Connect Back-Channel Logout 1.0 §2.5) at a path of the application,
         * without an access token. Default: off.
         *
         * @param path such as {@code /backchannel-logout}; a trailing slash is ignored
         */
        public Builder logoutAt(String path) {
            return feed(path, guard::receiveLogout);
        }

        /**
         * Receives security event tokens of issuers (RFC 8935 §2) at a path of the application, without an access token.
         * Default: off.
         *
         * @param path such as {@code /events}; a trailing slash is ignored
         */
        public Builder eventsAt(String path) {
            return feed(path, guard::receiveEvents);
        }

        private Builder feed(String path, BiFunction<IncomingRequest, InputStream, FeedAnswer> feed) {
            if (!path.startsWith("/") || feeds.putIfAbsent(Route.normalPath(path), feed) != null) {
                throw ConfigurationException.of(
                        "path of a feed", path, "set one that begins with a slash, another one for each feed");
            }
            return this;
        }

        /**
         * Finds the numeric address of the peer, which Jakarta REST does not expose. Default: that of the servlet request;
         * unknown without servlets, or if the container's own request can't be found, so that tokens over plain http are
         * refused on this machine too, and so are requests to rules with {@code from}. A function that returns an address
         * from a forwarding field lets clients choose it.
         */
        public Builder clientAddress(Function<ContainerRequestContext, String> address) {
            clientAddress = address;
            return this;
        }

        /**
         * The feature.
         *
         * @throws ConfigurationException if it is created by an {@code Application} during a build of Quarkus REST, which
         *     would ignore it
         */
        public TokenGuardFeature build() {
            BuildTimeScan.requireNone();
            return new TokenGuardFeature(this);
        }
    }
}
