package io.tokenguard.internal.settings;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Route;
import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.Preset;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.SecurityEvents;
import io.tokenguard.config.StatusLists;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.config.TokenCache;
import io.tokenguard.internal.bounds.Bounds;
import io.tokenguard.internal.writes.WriteSettings;
import io.tokenguard.spi.GuardObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Collects the settings of a guard. Not thread-safe. */
public final class GuardSettingsBuilder {
    private final Map<String, IssuerSettings> issuers = new LinkedHashMap<>();
    private final List<Route> routes = new ArrayList<>();
    private final Map<Route, String> routeKeys = new LinkedHashMap<>();
    private final List<GuardObserver> observers = new ArrayList<>();
    private final List<List<String>> scopeHierarchies = new ArrayList<>();
    private final List<String> scopeWildcards = new ArrayList<>();
    private List<String> acrOrder = List.of();
    private ResourceSettings resource = ResourceSettings.NONE;
    private Dpop dpop = Dpop.supported();
    private MutualTls mutualTls = MutualTls.supported();
    private TokenCache tokenCache = TokenCache.on();
    private Revocations revocations = Revocations.local();
    private StatusLists statusLists = StatusLists.supported();
    private BackChannelLogout logout = BackChannelLogout.strict();
    private SecurityEvents events = SecurityEvents.strict();
    private TheftDetection theft = TheftDetection.off();
    private TheftDetection.Baseline baseline = TheftDetection.Baseline.off();
    private SharedSettings shared = SharedSettings.NONE;
    private List<AddressRange> proxies = List.of();
    private int maxUnsettledPerSecond = 5;
    private AuditSettings audit = AuditSettings.USUAL;
    private AnswerSettings answers = AnswerSettings.USUAL;
    private Optional<Integer> maxTokenLength = Optional.empty();
    private boolean allowsInsecureHttp;
    private boolean passesPreflight;
    private boolean readsProtocols;
    private CookieSettings cookies = CookieSettings.NONE;
    private ApplicationSettings application = ApplicationSettings.USUAL;
    private Optional<Preset> preset = Optional.empty();
    private CryptoSettings crypto = CryptoSettings.AUTO;
    private ConsoleSettings console = ConsoleSettings.OFF;
    private PolicySettings policies = PolicySettings.NONE;
    private LimitSettings limits = LimitSettings.NONE;
    private WriteSettings writes = WriteSettings.NONE;

    /**
     * Trusts an issuer, or each of its tenants.
     *
     * @throws ConfigurationException if it is trusted already
     */
    public GuardSettingsBuilder issuer(IssuerSettings settings) {
        settings.perTenant().forEach(this::add);
        return this;
    }

    private void add(IssuerSettings issuer) {
        if (issuers.putIfAbsent(issuer.issuer(), issuer) != null) {
            throw ConfigurationException.of(
                    issuer.keyPrefix() + "issuer-uri", issuer.issuer(), "it is trusted already; add it once");
        }
    }

    /** Adds rules. */
    public GuardSettingsBuilder routes(Route... rules) {
        routes.addAll(List.of(rules));
        return this;
    }

    /** Adds a rule that a property sets; the key of an equal one that was set before is kept too. */
    public GuardSettingsBuilder route(String key, Route rule) {
        routeKeys.merge(rule, key, (one, other) -> one + ", " + other);
        return routes(rule);
    }

    /** Adds a hierarchy of scopes. */
    public GuardSettingsBuilder scopeHierarchy(String... highestFirst) {
        scopeHierarchies.add(Bounds.texts("tokenguard.scope-hierarchy", highestFirst));
        return this;
    }

    /** Adds wildcards. */
    public GuardSettingsBuilder scopeWildcards(String... wildcards) {
        scopeWildcards.addAll(Bounds.texts("tokenguard.scope-wildcards", wildcards));
        return this;
    }

    /** The order of {@code acr}. */
    public GuardSettingsBuilder acrOrder(String... weakestFirst) {
        acrOrder = Bounds.texts("tokenguard.acr-order", weakestFirst);
        return this;
    }

    /** Changes the API's description. */
    public GuardSettingsBuilder resource(UnaryOperator<ResourceSettings> change) {
        resource = change.apply(resource);
        return this;
    }

    /** How key-bound tokens are accepted. */
    public GuardSettingsBuilder dpop(UnaryOperator<Dpop> change) {
        dpop = change.apply(dpop);
        return this;
    }

    /** How certificate-bound tokens are accepted. */
    public GuardSettingsBuilder mutualTls(UnaryOperator<MutualTls> change) {
        mutualTls = change.apply(mutualTls);
        return this;
    }

    /** How verified tokens are cached. */
    public GuardSettingsBuilder tokenCache(UnaryOperator<TokenCache> change) {
        tokenCache = change.apply(tokenCache);
        return this;
    }

    /** How revoked tokens are found. */
    public GuardSettingsBuilder revocations(UnaryOperator<Revocations> change) {
        revocations = change.apply(revocations);
        return this;
    }

    /** How signs of theft are handled. */
    public GuardSettingsBuilder theftDetection(UnaryOperator<TheftDetection> change) {
        theft = change.apply(theft);
        return this;
    }

    /** What is learned of subjects. */
    public GuardSettingsBuilder theftBaseline(UnaryOperator<TheftDetection.Baseline> change) {
        baseline = change.apply(baseline);
        return this;
    }

    /** Which logout tokens are accepted. */
    public GuardSettingsBuilder backChannelLogout(UnaryOperator<BackChannelLogout> change) {
        logout = change.apply(logout);
        return this;
    }

    /** Which security event tokens are accepted. */
    public GuardSettingsBuilder securityEvents(UnaryOperator<SecurityEvents> change) {
        events = change.apply(events);
        return this;
    }

    /** How status lists are used. */
    public GuardSettingsBuilder statusLists(UnaryOperator<StatusLists> change) {
        statusLists = change.apply(statusLists);
        return this;
    }

    /** Where state that outlives the process is stored. */
    public GuardSettingsBuilder sharedState(UnaryOperator<SharedSettings> change) {
        shared = change.apply(shared);
        return this;
    }

    /** The proxies whose forwarding fields are trusted. */
    public GuardSettingsBuilder trustedProxies(String... addresses) {
        proxies = Bounds.texts("tokenguard.trusted-proxies", addresses).stream()
                .map(AddressRange::parse)
                .toList();
        return this;
    }

    /** Changes how requests are answered. */
    public GuardSettingsBuilder answers(UnaryOperator<AnswerSettings> change) {
        answers = change.apply(answers);
        return this;
    }

    /** The greatest number of characters of a token. */
    public GuardSettingsBuilder maxTokenLength(int characters) {
        maxTokenLength = Optional.of(Bounds.between("tokenguard.max-token-length", characters, 512, 65_536));
        return this;
    }

    /** Which provider verifies signatures, and which keys decrypt tokens. */
    public GuardSettingsBuilder crypto(UnaryOperator<CryptoSettings> change) {
        crypto = change.apply(crypto);
        return this;
    }

    /** Allows plain http from and to other machines. */
    public GuardSettingsBuilder allowInsecureHttp() {
        allowsInsecureHttp = true;
        return this;
    }

    /** Lets CORS preflights pass without a token. */
    public GuardSettingsBuilder passCorsPreflight() {
        passesPreflight = true;
        return this;
    }

    /** Accepts a token among the subprotocols of a WebSocket. */
    public GuardSettingsBuilder acceptTokenInWebSocketProtocol() {
        readsProtocols = true;
        return this;
    }

    /** What is required of requests with a token in a cookie. */
    public GuardSettingsBuilder cookies(UnaryOperator<CookieSettings> change) {
        cookies = change.apply(cookies);
        return this;
    }

    /** What the application around the guard has. */
    public GuardSettingsBuilder application(UnaryOperator<ApplicationSettings> change) {
        application = change.apply(application);
        return this;
    }

    /** Settings that a specification requires together. */
    public GuardSettingsBuilder preset(Preset chosen) {
        preset = Optional.of(chosen);
        return this;
    }

    /** Sets the console. */
    public GuardSettingsBuilder console(UnaryOperator<ConsoleSettings> change) {
        console = change.apply(console);
        return this;
    }

    /** Changes named lists and what is denied whatever the routes allow. */
    public GuardSettingsBuilder policies(UnaryOperator<PolicySettings> change) {
        policies = change.apply(policies);
        return this;
    }

    /** Adds an observer. */
    public GuardSettingsBuilder observer(GuardObserver observer) {
        observers.add(observer);
        return this;
    }

    /** How many requests a second of one client network get 503 because no load has settled their key ID yet. */
    public GuardSettingsBuilder maxUnsettledPerSecond(int requests) {
        maxUnsettledPerSecond = Bounds.between("tokenguard.max-unsettled-per-second", requests, 0, 1_000);
        return this;
    }

    /** Which requests are too many. */
    public GuardSettingsBuilder limits(UnaryOperator<LimitSettings> change) {
        limits = change.apply(limits);
        return this;
    }

    /** Which requests happen once. */
    public GuardSettingsBuilder writes(UnaryOperator<WriteSettings> change) {
        writes = change.apply(writes);
        return this;
    }

    /** What the audit log shows. */
    public GuardSettingsBuilder audit(UnaryOperator<AuditSettings> change) {
        audit = change.apply(audit);
        return this;
    }

    /**
     * The settings.
     *
     * @throws ConfigurationException if no issuer is trusted
     */
    public GuardSettings build() {
        if (issuers.isEmpty()) {
            throw ConfigurationException.missing(
                    "tokenguard.issuer-uri", "name the issuer whose access tokens are accepted");
        }
        audit.check();
        console.check(routes, routeKeys);
        answers.check(passesPreflight);
        return new GuardSettings(
                List.copyOf(issuers.values()),
                new ApiSettings(
                        new AccessSettings(routes, scopeHierarchies, scopeWildcards, acrOrder, console, routeKeys),
                        resource,
                        new RequestSettings(
                                proxies,
                                allowsInsecureHttp,
                                passesPreflight,
                                maxTokenLength.orElseGet(() -> RequestSettings.longestToken(issuers.values(), crypto)),
                                maxUnsettledPerSecond,
                                readsProtocols,
                                cookies,
                                writes),
                        answers,
                        limits.named(),
                        policies),
                new BindingSettings(dpop, mutualTls),
                new WithdrawalSettings(revocations, statusLists, logout, events, theft, baseline),
                new OperationSettings(shared, tokenCache, crypto, observers, audit, application),
                preset);
    }

    /** Contains no values: settings may be secrets. */
    @Override
    public String toString() {
        return "GuardSettingsBuilder[not shown]";
    }
}
