package io.tokenguard.internal.assembly;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardHealth.AdapterHealth;
import io.tokenguard.access.GuardHealth.IntrospectionHealth;
import io.tokenguard.access.GuardStats;
import io.tokenguard.access.GuardStats.StateStats;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.ResourceMetadata;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Route;
import io.tokenguard.config.Destination;
import io.tokenguard.internal.pipeline.DecisionPipeline;
import io.tokenguard.internal.pipeline.FeedReceiver;
import io.tokenguard.internal.pipeline.HealthEndpoint;
import io.tokenguard.internal.pipeline.RequestWrites;
import io.tokenguard.internal.pipeline.RouteRequirements;
import io.tokenguard.internal.request.Preflight;
import io.tokenguard.internal.response.CorsPolicy;
import io.tokenguard.internal.response.MetadataComposer;
import io.tokenguard.internal.revocation.RevocationCheck;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.HealthSettings;
import io.tokenguard.internal.status.StatusCheck;
import io.tokenguard.internal.telemetry.GuardCounters;
import io.tokenguard.spi.TokenEndpoint;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A guard as one configuration makes it.
 *
 * @param settings the configuration
 * @param routes the guard's own routes
 * @param pipeline makes the decisions
 * @param feeds accepts logout tokens and security events
 * @param clients calls issuers
 * @param writes lets requests happen once
 * @param parts what is started and closed
 */
public record AssembledGuard(
        GuardSettings settings,
        RouteRequirements routes,
        DecisionPipeline pipeline,
        FeedReceiver feeds,
        IssuerClients clients,
        RequestWrites writes,
        MovingParts parts) {
    /** Whether adapters hide credentials from the application. */
    public boolean hidesCredentials() {
        return settings.hidesCredentials();
    }

    /** The header fields, in lower case, that adapters hide from the application. */
    public Set<String> hiddenHeaders() {
        return CredentialRules.hidden(settings);
    }

    /** The cookies that adapters hide from the application. */
    public Set<String> hiddenCookies() {
        return CredentialRules.hiddenCookies(settings);
    }

    /**
     * The API's metadata; empty unless its address is set.
     *
     * @param further requirements beside those of the guard's own routes
     */
    public Optional<ResourceMetadata> resourceMetadata(Collection<AccessRequirement> further) {
        return PolicyAssembly.resource(settings)
                .map(described -> MetadataComposer.compose(
                        described,
                        Stream.concat(apiRequirements().stream(), further.stream())
                                .toList(),
                        PolicyAssembly.dpopOffer(settings)));
    }

    /** Of the API itself: its clients need nothing for the console. */
    private List<AccessRequirement> apiRequirements() {
        return routes.routes()
                .requirementsExcept(settings.api().access().console().routes());
    }

    /** Answers a CORS preflight; empty for other requests, and if preflights are up to the application. */
    public Optional<FeedAnswer> preflightAnswer(IncomingRequest request) {
        CorsPolicy cors = pipeline.reporter().cors();
        if (!cors.answersPreflights() || !Preflight.isPreflight(request)) {
            return Optional.empty();
        }
        boolean isForMetadata = request.path().startsWith(ResourceMetadata.WELL_KNOWN_PATH)
                && resourceMetadata(List.of())
                        .filter(document -> document.isServedAt(request.path()))
                        .isPresent();
        return Optional.of(
                isForMetadata
                        ? new FeedAnswer(204, ResourceMetadata.CORS_PREFLIGHT_HEADERS, "")
                        : cors.preflight(request));
    }

    /** Where the health document is; empty if it is off. */
    public Optional<String> healthPath() {
        return settings.api().answers().health().path();
    }

    /** Serves the health document; empty if it is off. */
    public Optional<HealthEndpoint> healthEndpoint() {
        HealthSettings health = settings.api().answers().health();
        return health.path().map(path -> new HealthEndpoint(path, AccessRequirement.scope(health.scope()), pipeline));
    }

    /** Why no request can ever meet a requirement, with what to set; empty if one can. */
    public Optional<String> obstacle(AccessRequirement requirement) {
        return new SatisfiableRoutes(settings).obstacle(requirement.enforced());
    }

    /** The bans and revocations that a condition selects, up to a number. */
    public List<Revocation> revocations(Predicate<Revocation> wanted, int most) {
        return parts.revocation().known(wanted, most);
    }

    /** Starts to load the keys of all issuers again; returns how many loads run now. */
    public int refreshKeys() {
        return parts.issuers().refreshKeys();
    }

    /** The services that the application calls. */
    public List<Destination> destinations() {
        return TokenEndpoints.destinations(settings);
    }

    /** Where tokens for a destination are requested; empty if it gets none that have to be. */
    public Optional<TokenEndpoint> tokenEndpoint(String destination) {
        return Optional.ofNullable(clients.tokens().get(destination));
    }

    /** The rule that guards the interface of the console; empty if it is off. */
    public Optional<Route> consoleRoute() {
        return settings.api().access().console().guardedRoute();
    }

    /** Tries requirements on its rules. */
    public RuleTrials trials() {
        return new RuleTrials(this);
    }

    GuardStats stats(GuardState state) {
        GuardCounters counters = state.counters();
        RevocationCheck revocation = parts.revocation();
        StateStats held = new StateStats(
                revocation.health().entries(),
                counters.revocations(),
                revocation.lag(),
                state.usedProofs(),
                parts.statuses().map(StatusCheck::size).orElse(0L));
        Set<String> stopped = clients.introspection().health().stream()
                .filter(endpoint -> endpoint.nextCallAt().isPresent())
                .map(IntrospectionHealth::issuer)
                .collect(Collectors.toSet());
        return counters.snapshot(pipeline.steps().tokens().cache().stats(), held, stopped);
    }

    GuardHealth health(List<AdapterHealth> adapters) {
        return new GuardHealth(
                parts.issuers().health(),
                clients.introspection().health(),
                parts.revocation().health(),
                adapters);
    }
}
