package io.tokenguard.internal.assembly;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.BindingMode;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.internal.audit.AuditLog;
import io.tokenguard.internal.audit.FailureLog;
import io.tokenguard.internal.audit.FeedLog;
import io.tokenguard.internal.audit.RefusalIds;
import io.tokenguard.internal.authorization.AuthorizationCheck;
import io.tokenguard.internal.authorization.ConditionSources;
import io.tokenguard.internal.cache.TokenCacheTable;
import io.tokenguard.internal.feeds.ReceivedTokens;
import io.tokenguard.internal.introspection.IntrospectionRouter;
import io.tokenguard.internal.issuers.IssuerTokenVerifier;
import io.tokenguard.internal.issuers.TokenKind;
import io.tokenguard.internal.issuers.VerifiedToken;
import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.internal.keys.UnsettledLimit;
import io.tokenguard.internal.limits.Limiter;
import io.tokenguard.internal.pipeline.AccessRules;
import io.tokenguard.internal.pipeline.AuditTerms;
import io.tokenguard.internal.pipeline.BackgroundEvents;
import io.tokenguard.internal.pipeline.CachedTokens;
import io.tokenguard.internal.pipeline.DecisionPipeline;
import io.tokenguard.internal.pipeline.DecisionReporter;
import io.tokenguard.internal.pipeline.DecisionSteps;
import io.tokenguard.internal.pipeline.FeedReceiver;
import io.tokenguard.internal.pipeline.ObserverNotifier;
import io.tokenguard.internal.pipeline.Observers;
import io.tokenguard.internal.pipeline.RequestLimits;
import io.tokenguard.internal.pipeline.RequestReader;
import io.tokenguard.internal.pipeline.RouteRequirements;
import io.tokenguard.internal.pipeline.TheftResponder;
import io.tokenguard.internal.pipeline.TokenValidator;
import io.tokenguard.internal.pipeline.WithdrawalCheck;
import io.tokenguard.internal.possession.PossessionCheck;
import io.tokenguard.internal.request.ClientNetwork;
import io.tokenguard.internal.request.LimitTable;
import io.tokenguard.internal.request.RouteTable;
import io.tokenguard.internal.response.ChallengeComposer;
import io.tokenguard.internal.revocation.RevocationCheck;
import io.tokenguard.internal.revocation.RevocationPolicy;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.LimitSettings;
import io.tokenguard.internal.settings.RequestSettings;
import io.tokenguard.internal.signature.SignatureVerifier;
import io.tokenguard.internal.token.TokenDecryption;
import io.tokenguard.internal.token.TokenParser;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.SharedState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Wires a guard from one configuration. */
final class PipelineAssembly {
    private final GuardSettings settings;
    private final GuardState state;
    private final OpenedSharedState shared;
    private final Workers workers;
    private final SignatureEngine engine;
    private final TokenDecryption decryption;
    private final RouteTable routes;
    private final ConditionSources conditions;
    private final KeySources sources;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final DoubleSupplier chance;

    private PipelineAssembly(
            Checked checked, KeySources sources, GuardState state, OpenedSharedState shared, Workers workers) {
        this.settings = checked.settings();
        this.engine = checked.engine().countedBy(state.counters(), PolicyAssembly.algorithms(settings));
        this.decryption = checked.decryption();
        this.routes = checked.routes();
        this.conditions = checked.conditions();
        this.nanoTime = checked.environment().nanoTime();
        this.chance = checked.environment().chance();
        this.sources = sources;
        this.state = state;
        this.shared = shared;
        this.workers = workers;
        this.clock = sources.clocks().wall();
    }

    /** Results of the checks before anything is opened. */
    private record Checked(
            GuardSettings settings,
            SignatureEngine engine,
            TokenDecryption decryption,
            RouteTable routes,
            ConditionSources conditions,
            Environment environment) {}

    /**
     * Wires a guard; nothing takes effect yet.
     *
     * @throws ConfigurationException if a setting is wrong; then nothing stays open
     */
    static AssembledGuard assemble(GuardSettings stated, Environment environment, GuardState state) {
        GuardSettings settings = SettingsCheck.checked(stated);
        SignatureEngine engine =
                new CryptoChoice(settings.operation().crypto()).find(PolicyAssembly.algorithms(settings));
        TokenDecryption decryption = DecryptionKeys.of(settings.operation().crypto());
        StartReport.write(settings);
        RouteTable routes = GuardedRoutes.of(settings);
        StartReport.write(routes, settings.api().access());
        ConditionSources conditions = new PolicyRules(settings).sources();
        Checked checked = new Checked(settings, engine, decryption, routes, conditions, environment);
        Workers workers = environment.workers();
        OpenedSharedState shared = OpenedSharedState.NOTHING;
        try {
            KeySources sources = KeySources.of(environment, SettingsCheck.addresses(settings), workers);
            shared = state.shared(settings.operation().shared(), new SharedState.Terms(environment.clock()));
            return new PipelineAssembly(checked, sources, state, shared, workers).wire();
        } catch (RuntimeException | Error wrong) {
            workers.close();
            state.closeUnused(shared);
            throw wrong;
        }
    }

    private AssembledGuard wire() {
        TokenParser parser = new TokenParser(settings.api().requests().maxTokenLength());
        FailureLog failures = new FailureLog(nanoTime);
        Observers observers = Observers.of(observers(), failures);
        BackgroundEvents events =
                new BackgroundEvents(observers, workers.network().workers());
        Telemetry telemetry = new Telemetry(settings.issuers(), state.counters(), events);
        IssuerTokenVerifier verifier = new IssuerTokenVerifier(
                new IssuerAssembly(
                                settings.issuers(),
                                sources.observedBy(
                                        new KeySources.KeyObserver(state.keyBans()::learn, telemetry::loads)),
                                settings.api().requests().proxies())
                        .registry(),
                state.trustedKeys(),
                new SignatureVerifier(engine));
        IntrospectionRouter introspection = new IntrospectionAssembly(
                        settings.issuers(), sources, verifier, parser.longestToken(), nanoTime, state.counters())
                .assemble(routes.requirements().stream().anyMatch(AccessRequirement::demandsFreshAnswer));
        MovingParts parts = parts(verifier);
        ObserverNotifier notifier = new ObserverNotifier(
                observers,
                events,
                telemetry.decisions(routes),
                failures,
                new FeedLog(settings.operation().audit().linesPerSecond(), nanoTime),
                auditTerms());
        RequestReader requests = requests(parser);
        RequestLimits limits = limits(notifier);
        DecisionReporter reporter = reporter(parts, notifier);
        return new AssembledGuard(
                settings,
                RouteRequirements.of(
                        routes,
                        settings.api().requests().passesPreflight(),
                        GuardedRoutes.consoleRoute(settings, routes),
                        settings.api().access().keys()),
                new DecisionPipeline(
                        new DecisionSteps(
                                requests,
                                new TokenValidator(
                                        TokenKind.accessToken(
                                                parser, IssuerTextRules.ofSilentTokens(settings.issuers())),
                                        verifier,
                                        decryption,
                                        introspection,
                                        cache(),
                                        limits),
                                parts.possession(),
                                new WithdrawalCheck(parts.revocation(), parts.statuses(), state.trustedKeys()),
                                new AccessRules(
                                        new PolicyRules(settings).denials(conditions),
                                        new AuthorizationCheck(
                                                PolicyAssembly.authorization(settings, conditions),
                                                failures::ruleFailed)),
                                limits),
                        reporter,
                        clock),
                new FeedReceiver(
                        PolicyAssembly.feeds(settings), requests, verifier, received(), notifier, state::receive),
                new IssuerClients(introspection, new TokenEndpoints(settings, sources, nanoTime).assemble()),
                new WriteAssembly(settings, state, shared, clock).writes(reporter),
                parts);
    }

    private MovingParts parts(IssuerTokenVerifier verifier) {
        RevocationPolicy revocation = RevocationPolicies.of(
                settings.withdrawal().revocations(),
                shared.revocations(),
                settings.issuers().stream().map(IssuerPolicies::lifetime).toList(),
                clock,
                workers.timer());
        return new MovingParts(
                verifier.issuers(),
                new PossessionCheck(new PossessionAssembly(settings, state, shared, engine, clock, nanoTime).policy()),
                new RevocationCheck(
                        state.revocations(revocation.limits()),
                        state.keyBans(),
                        revocation,
                        RevocationPolicies.naming(settings.issuers()),
                        nanoTime),
                StatusAssembly.of(settings, verifier, sources),
                shared,
                workers);
    }

    private RequestReader requests(TokenParser parser) {
        RequestSettings requests = settings.api().requests();
        return new RequestReader(
                parser,
                settings.binding().dpop().mode() != BindingMode.OFF,
                new RequestReader.Places(CredentialRules.places(settings), CookieRules.defense(settings)),
                PolicyAssembly.targets(settings),
                requests.allowsInsecureHttp());
    }

    /** Not shared between configurations: another one may not accept the same tokens. */
    private CachedTokens cache() {
        return new CachedTokens(
                new TokenCacheTable<>(
                        PolicyAssembly.tokenCache(settings),
                        VerifiedToken::cachedBytes,
                        state.counters().tokenCache()::evicted),
                workers.network().workers(),
                state.counters().tokenCache());
    }

    private RequestLimits limits(ObserverNotifier notifier) {
        LimitSettings limits = settings.api().limits();
        LimitTable table = new LimitTable(limits.rules());
        Limiter.Terms terms =
                new Limiter.Terms(limits.brake(), table.limits(), limits.maxBuckets(), sharing(limits), nanoTime);
        return new RequestLimits(
                state.limiter(limits, terms),
                table,
                limits.brake().mode(),
                settings.api().requests().proxies(),
                notifier,
                true);
    }

    private Limiter.Sharing sharing(LimitSettings limits) {
        return new Limiter.Sharing(
                limits.isShared() ? shared.state().flatMap(SharedState::requestCounts) : Optional.empty(),
                limits.outage() == FailurePolicy.FAIL_OPEN,
                settings.withdrawal().revocations().storeTimeout());
    }

    private DecisionReporter reporter(MovingParts parts, ObserverNotifier notifier) {
        TheftDetection theft = settings.withdrawal().theft();
        RequestSettings requests = settings.api().requests();
        UnsettledLimit unsettled = new UnsettledLimit(requests.maxUnsettledPerSecond(), nanoTime);
        return new DecisionReporter(
                new ChallengeComposer(PolicyAssembly.challenges(settings), PolicyAssembly.bodies(settings)),
                PolicyAssembly.cors(settings),
                parts.possession()::nonce,
                notifier,
                TheftPolicies.steps(
                        settings,
                        state,
                        new TheftResponder(
                                TheftPolicies.watch(theft, requests.proxies(), nanoTime),
                                notifier,
                                theft.mode() == TheftDetection.Mode.REVOKE,
                                state::revoke,
                                CredentialRules.places(settings),
                                PolicyAssembly.subjects(settings))),
                (request, refused) -> unsettled.limited(() -> ClientNetwork.of(request, requests.proxies()), refused));
    }

    private ReceivedTokens received() {
        return new ReceivedTokens(state.seenTokens(), shared.state().flatMap(SharedState::receivedTokens), clock);
    }

    private AuditTerms auditTerms() {
        return new AuditTerms(
                PolicyAssembly.subjects(settings),
                new RefusalIds(clock, chance),
                settings.operation().audit().hasRefusalIds()
                        && !settings.api().answers().isUniform(),
                settings.api().requests().proxies());
    }

    /** The log is the first observer. */
    private List<GuardObserver> observers() {
        List<GuardObserver> observers = new ArrayList<>();
        observers.add(new AuditLog(settings.operation().audit().linesPerSecond(), nanoTime));
        observers.addAll(settings.operation().observers());
        observers.addAll(state.attached());
        return List.copyOf(observers);
    }
}
