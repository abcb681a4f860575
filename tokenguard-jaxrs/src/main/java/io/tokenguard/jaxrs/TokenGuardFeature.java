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
 * Lets through to the resources of a Jakarta REST application what a {@link TokenGuard} grants by their annotations, and
 * answers everything else with the guard's refusal. Works in any runtime of Jakarta REST 3.1 or 4.0, with servlets or
 * without; immutable.
 *
 * <p>A method demands what its annotations state: {@link Authenticated}, {@link RequiresScopes}, {@link RequiresRoles},
 * {@link RequiresAuthentication}, {@link RequiresProof}, {@link RequiresFreshAnswer}, {@link jakarta.annotation.security.RolesAllowed},
 * {@link jakarta.annotation.security.PermitAll}, {@link jakarta.annotation.security.DenyAll}. It demands too what the methods
 * state that it overrides or implements. Where none of them states anything, the rules of its class and of all that the class
 * inherits from hold together. A rule of a class is replaced by that of a method in the same class or below; and if it opens
 * the class to everyone, it does so only for the methods that the class has, and not for those that subclasses add. A
 * sub-resource demands what its locators demand beside its own. What nobody states a rule for is refused.
 *
 * <p>The application finds the identity in {@link SecurityContext}, and the token by {@link #accessToken}; on Jersey (with
 * HK2) and RESTEasy also in parameters of resource methods that are marked with {@code @Context}.
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
     * A feature with nothing set.
     *
     * @param guard made, and closed, by the application; its routes are not looked at
     */
    public static TokenGuardFeature of(TokenGuard guard) {
        return builder(guard).build();
    }

    /**
     * Starts to describe a feature.
     *
     * @param guard made, and closed, by the application; its routes are not looked at
     */
    public static Builder builder(TokenGuard guard) {
        return new Builder(guard);
    }

    /**
     * The token of a request that was let through; empty on a resource that is open to everyone.
     *
     * @param identity as a runtime hands it out
     */
    public static Optional<AccessToken> accessToken(SecurityContext identity) {
        return identity.getUserPrincipal() instanceof TokenPrincipal principal
                ? Optional.of(principal.token())
                : Optional.empty();
    }

    /**
     * Registers what belongs to it.
     *
     * @throws ConfigurationException if rules of the resources known by now contradict each other; those
     *     registered later fail the start later
     */
    @Override
    public boolean configure(FeatureContext context) {
        endpoints.beginToStart();
        Stream.concat(
                        context.getConfiguration().getClasses().stream(),
                        context.getConfiguration().getInstances().stream().map(Object::getClass))
                .filter(type -> Locator.path(Lineage.of(type).types()).isPresent())
                .forEach(endpoints::inspect);
        context.register(endpoints)
                .register(new ArrivalFilter(endpoints))
                .register(new ThresholdFilter(gate, beforeMatching))
                .register(new MetadataFilter(gate.guard(), endpoints))
                .register(new AuthorizationFilter(gate, rules, endpoints))
                .register(new RefusalSeal(gate, rules));
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
     * Takes the rule of one resource method, and applies it to the requests that match the method. To be called by a
     * {@link jakarta.ws.rs.container.DynamicFeature} of the application on runtimes that ignore one that a feature registers,
     * such as Quarkus REST. Other runtimes need only {@link #configure(FeatureContext)}.
     *
     * @throws ConfigurationException if the method's rules contradict each other, or if feeds are set: such a runtime runs
     *     filters before matching on threads that must not wait for a body
     */
    public void configure(ResourceInfo endpoint, FeatureContext context) {
        if (!feeds.isEmpty()) {
            throw ConfigurationException.of(
                    "path of a feed",
                    feeds.keySet(),
                    "this runtime can't take feeds in a filter; leave logoutAt and eventsAt out, and call"
                            + " TokenGuard.receiveLogout and receiveEvents in a resource method");
        }
        endpoints.configure(endpoint, context);
        context.register(new MatchedMethod(endpoint.getResourceClass(), endpoint.getResourceMethod()));
    }

    /** Registers what is of use, and can be loaded, only beside something else, which no module descriptor has to name. */
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
     * What each resource method demands that the runtime has found so far. Runtimes find the methods of root resources when
     * they start, and those of sub-resources when one is first located.
     */
    public List<EndpointRule> endpoints() {
        return endpoints.found();
    }

    /** Describes a feature. Not thread-safe. */
    public static final class Builder {
        private final TokenGuard guard;
        private final Map<Class<?>, AccessRequirement> ruledByHand = new HashMap<>();
        private AccessRequirement automaticOptions = RuleBook.MISSING;
        private Function<ContainerRequestContext, String> clientAddress = ServletAddressFilter::addressOf;
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
         * States a rule for a class that can't be annotated, such as a resource of the runtime or a handler of a resource that
         * is made in code. It counts as an annotation on that class does.
         *
         * @throws ConfigurationException if one is stated already
         */
        public Builder rule(Class<?> resource, AccessRequirement requirement) {
            if (ruledByHand.putIfAbsent(resource, requirement) != null) {
                throw ConfigurationException.of("rule", resource.getName(), "it has a rule already; state it once");
            }
            return this;
        }

        /**
         * What OPTIONS demands where no annotated method serves it, as where the runtime answers by itself. Default: it is
         * refused. Opening it tells everybody which methods a path has.
         */
        public Builder automaticOptions(AccessRequirement requirement) {
            automaticOptions = requirement;
            return this;
        }

        /**
         * What every request demands before it is matched, beside what it demands then. Default: nothing. Jakarta REST calls
         * locators while it matches: with {@link AccessRequirement#authenticated()} they run for good tokens only, nobody else
         * learns which paths there are, and no resource is open to everyone.
         */
        public Builder beforeMatching(AccessRequirement requirement) {
            beforeMatching = requirement;
            return this;
        }

        /**
         * Takes logout tokens of issuers (OpenID Connect Back-Channel Logout 1.0 §2.5) at a path of the application, without an
         * access token. Default: nowhere.
         *
         * @param path such as {@code /backchannel-logout}; a slash at the end makes no difference
         */
        public Builder logoutAt(String path) {
            return feed(path, guard::receiveLogout);
        }

        /**
         * Takes security event tokens of issuers (RFC 8935 §2) at a path of the application, without an access token. Default:
         * nowhere.
         *
         * @param path such as {@code /events}; a slash at the end makes no difference
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
         * Tells the numeric address of the peer, which Jakarta REST does not. Default: that of the servlet request, or unknown
         * without servlets: tokens are then refused over plain http on this machine too.
         */
        public Builder clientAddress(Function<ContainerRequestContext, String> address) {
            clientAddress = address;
            return this;
        }

        /**
         * The feature.
         *
         * @throws ConfigurationException if it is made by an {@code Application} that Quarkus REST looks at while it builds:
         *     it would be ignored
         */
        public TokenGuardFeature build() {
            BuildTimeScan.requireNone();
            return new TokenGuardFeature(this);
        }
    }
}
