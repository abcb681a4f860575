package io.tokenguard;

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
import io.tokenguard.internal.assembly.Environment;
import io.tokenguard.internal.keys.HostPolicy;
import io.tokenguard.internal.settings.AuditSettings;
import io.tokenguard.internal.settings.CryptoSettings;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.GuardSettingsBuilder;
import io.tokenguard.internal.settings.SharedSettings;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.SharedState;
import java.net.URI;
import java.nio.file.Path;
import java.security.Provider;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Describes a guard. Not thread-safe. */
public final class TokenGuardBuilder {
    private final GuardSettingsBuilder settings;
    private Environment environment = Environment.SYSTEM;

    TokenGuardBuilder(GuardSettingsBuilder settings) {
        this.settings = settings;
    }

    /**
     * Trusts an issuer. Required at least once.
     *
     * @throws ConfigurationException if the same issuer is trusted twice
     */
    public TokenGuardBuilder issuer(TrustedIssuer issuer) {
        settings.issuer(issuer.settings());
        return this;
    }

    /** Adds rules for {@link TokenGuard#decide(io.tokenguard.access.IncomingRequest)}; what none of them covers is refused. */
    public TokenGuardBuilder routes(Route... routes) {
        settings.routes(routes);
        return this;
    }

    /**
     * Adds a rule as it is written in properties, such as {@code GET /api/orders/** scope orders:read}.
     *
     * @throws ConfigurationException if it can't be read
     * @see Route#parse(String)
     */
    public TokenGuardBuilder route(String rule) {
        return routes(Route.parse(rule));
    }

    /**
     * Says that scopes stand for others: whoever was granted one may do what each of those after it demands, as with
     * {@code admin}, {@code orders:write}, {@code orders:read}. By default every scope stands for itself only. Gives up that
     * a token grants what it says and no more.
     */
    public TokenGuardBuilder scopeHierarchy(String... highestFirst) {
        settings.scopeHierarchy(highestFirst);
        return this;
    }

    /**
     * Says that a scope stands for every scope that begins as it does. By default a {@code *} in a scope means nothing. Gives
     * up that a token grants what it says and no more. The scopes end in their only {@code *}, such as {@code orders:*}.
     */
    public TokenGuardBuilder scopeWildcards(String... wildcards) {
        settings.scopeWildcards(wildcards);
        return this;
    }

    /**
     * Says how strong ways of authentication are, so that a stronger one does where a weaker one is demanded. By default one
     * is as good as another, and only those do that a rule names. Each value of {@code acr} is named once.
     */
    public TokenGuardBuilder acrOrder(String... weakestFirst) {
        settings.acrOrder(weakestFirst);
        return this;
    }

    /**
     * The API's own public address: https, or http on this machine, without query and fragment. It makes the API describe
     * itself to everybody (RFC 9728), names the description in every challenge, and tells which authorization details are
     * meant for this API (RFC 9396 §2.2). None by default.
     */
    public TokenGuardBuilder resource(URI address) {
        settings.resource(known -> known.at(address));
        return this;
    }

    /**
     * The hosts that the API answers for, such as {@code api.example.com} or {@code api.example.com:8443}; a host without a
     * port has the default port of the scheme. DPoP proofs are good for these hosts only, and for that of
     * {@link #resource(URI)}; a request that names another one gets 400 ({@code TARGET_UNKNOWN}). None by default. If DPoP is
     * required, or asks for nonces, these hosts or {@link #resource(URI)} have to be set: otherwise the caller's Host field
     * would decide which proofs are good (RFC 9449 §4.3).
     *
     * @throws ConfigurationException if none is named. If one is not a host in ASCII, or has user info, a path or {@code *},
     *     {@link #build()} throws it
     */
    public TokenGuardBuilder resourceHosts(String... hosts) {
        settings.resource(known -> known.answeringFor(hosts));
        return this;
    }

    /** What the description calls the API, for people (RFC 9728 §2). None by default. */
    public TokenGuardBuilder resourceName(String name) {
        settings.resource(known -> known.named(name));
        return this;
    }

    /** Where the description sends developers (RFC 9728 §2). Nowhere by default. */
    public TokenGuardBuilder resourceDocumentation(URI page) {
        settings.resource(known -> known.documentedAt(page));
        return this;
    }

    /**
     * How tokens that are bound to a key are served (RFC 9449). Default: {@link Dpop#supported()}.
     *
     * @param chosen such as {@code Dpop.required().askForNonces()}
     */
    public TokenGuardBuilder dpop(Dpop chosen) {
        settings.dpop(unused -> chosen);
        return this;
    }

    /**
     * How tokens that are bound to the certificate of a TLS client are served (RFC 8705). Default:
     * {@link MutualTls#supported()}, by the certificates of the connection.
     *
     * @param chosen such as {@code MutualTls.required()}
     */
    public TokenGuardBuilder mutualTls(MutualTls chosen) {
        settings.mutualTls(unused -> chosen);
        return this;
    }

    /**
     * Whether and how many tokens are remembered that were found good. Default: {@link TokenCache#on()}.
     *
     * @param chosen such as {@code TokenCache.on().maxEntries(1_000_000)}
     */
    public TokenGuardBuilder tokenCache(TokenCache chosen) {
        settings.tokenCache(unused -> chosen);
        return this;
    }

    /**
     * How it is told whether a token was revoked. Default: {@link Revocations#local()}.
     *
     * @param chosen such as {@code Revocations.shared(store)}
     */
    public TokenGuardBuilder revocations(Revocations chosen) {
        settings.revocations(unused -> chosen);
        return this;
    }

    /**
     * Which uses of a token are reported as signs that it was stolen. Default: {@link TheftDetection#off()}.
     *
     * @param chosen such as {@code TheftDetection.report()}
     */
    public TokenGuardBuilder theftDetection(TheftDetection chosen) {
        settings.theftDetection(unused -> chosen);
        return this;
    }

    /**
     * Where the nodes of this API share revocations, used proofs and the secret of nonces, as far as nothing else is
     * configured for them. Nowhere by default: each node knows its own only.
     *
     * @param address such as {@code redis://host:6379}, with a password where it needs one; {@code tokenguard-redis} serves it
     */
    public TokenGuardBuilder sharedState(URI address) {
        return sharedState(SharedState.Location.of(address));
    }

    /**
     * Where state that outlives the process is kept, with a database user, its password, or another table prefix.
     *
     * @param location such as {@code Location.of(URI.create("jdbc:postgresql://db/app")).user("app").password(secret)}
     */
    public TokenGuardBuilder sharedState(SharedState.Location location) {
        settings.sharedState(unused -> SharedSettings.at(location));
        return this;
    }

    /**
     * State that outlives the process, described by the application, such as {@code JdbcState.of(dataSource)}. Opened by
     * {@link #build()}, closed with the guard.
     */
    public TokenGuardBuilder sharedState(SharedState.Opener opener) {
        settings.sharedState(unused -> SharedSettings.of(opener));
        return this;
    }

    /**
     * Keeps revocations, key bans, used proofs, received event tokens and the nonce secret in a folder on this machine, so
     * that they survive a restart. For one node; needs {@code tokenguard-state-h2}. None by default.
     *
     * @param folder created if it does not exist; used by one process at a time
     */
    public TokenGuardBuilder stateFolder(Path folder) {
        return sharedState(folder.toUri());
    }

    /**
     * What the nodes of this API share, opened by the application.
     *
     * @param state closed with the guard, and where {@link TokenGuard#reconfigure} leaves it out
     */
    public TokenGuardBuilder sharedState(SharedState state) {
        settings.sharedState(unused -> SharedSettings.of(state));
        return this;
    }

    /**
     * Which logout tokens of issuers are accepted. Default: {@link BackChannelLogout#strict()}.
     *
     * @param chosen such as {@code BackChannelLogout.strict().audiences("shop-client")}
     * @see TokenGuard#receiveLogout(String)
     */
    public TokenGuardBuilder backChannelLogout(BackChannelLogout chosen) {
        settings.backChannelLogout(unused -> chosen);
        return this;
    }

    /**
     * Which security event tokens of issuers are accepted. Default: {@link SecurityEvents#strict()}.
     *
     * @param chosen such as {@code SecurityEvents.strict().secret(secret)}
     * @see TokenGuard#receiveEvents(String)
     */
    public TokenGuardBuilder securityEvents(SecurityEvents chosen) {
        settings.securityEvents(unused -> chosen);
        return this;
    }

    /**
     * How the status lists of issuers are used. Default: {@link StatusLists#supported()}.
     *
     * @param chosen such as {@code StatusLists.required()}
     */
    public TokenGuardBuilder statusLists(StatusLists chosen) {
        settings.statusLists(unused -> chosen);
        return this;
    }

    /**
     * The proxies whose forwarding fields count: which address a client has sent its request to, and whether over TLS, is
     * then what they say (RFC 7239, {@code X-Forwarded-Proto}, {@code -Host}, {@code -Port}, {@code -Prefix}). None by
     * default. Each must overwrite these fields, or anybody can write them.
     *
     * @param addresses numeric addresses, or ranges such as {@code 10.0.0.0/8}
     */
    public TokenGuardBuilder trustedProxies(String... addresses) {
        settings.trustedProxies(addresses);
        return this;
    }

    /** The protection space that challenges name (RFC 9110 §11.5). Default: {@code api}. */
    public TokenGuardBuilder realm(String name) {
        settings.realm(name);
        return this;
    }

    /**
     * How many lines a second the audit log has of each event and reason; what is left out is counted in a line
     * {@code omitted}. Default: 50; 1 to 100 000. More lines cost CPU time while a stranger floods the API with bad requests.
     */
    public TokenGuardBuilder auditMaxLinesPerSecond(int lines) {
        settings.audit(known -> known.linesPerSecond(lines));
        return this;
    }

    /**
     * Shows subjects in audit events by a keyed hash (HMAC-SHA-256). By default they are shown as they are. Events of one
     * subject can still be joined.
     *
     * @param secret the key, at least 32 characters, the same on all nodes
     */
    public TokenGuardBuilder hashSubjectsInAudit(String secret) {
        settings.audit(known -> known.subjects(AuditSettings.Subjects.HASH).subjectSecret(secret));
        return this;
    }

    /** Leaves subjects out of audit events. By default they are shown as they are. */
    public TokenGuardBuilder hideSubjectsInAudit() {
        settings.audit(known -> known.subjects(AuditSettings.Subjects.NONE));
        return this;
    }

    /**
     * Sends no {@code TokenGuard-Refusal} field with refusals. By default a refusal carries the identifier of its audit event
     * there, so that a caller can quote it.
     */
    public TokenGuardBuilder withoutRefusalIds() {
        settings.audit(known -> known.refusalIds(false));
        return this;
    }

    /** The greatest number of characters of a token. Default: 16384; 512 to 65536. Longer ones cost more to refuse. */
    public TokenGuardBuilder maxTokenLength(int characters) {
        settings.maxTokenLength(characters);
        return this;
    }

    /**
     * Says who checks signatures: {@code auto}, the default, Amazon Corretto Crypto Provider or Conscrypt where they are on
     * the class path, and else the platform; {@code jdk}, the platform alone; or the name of a provider that is installed in
     * the JVM or on the class path, which alone is asked. Whoever is not the platform judges known signatures at start, good
     * and bad ones, and is not asked about an algorithm if it gets one of them wrong. Nothing is installed for others to use.
     */
    public TokenGuardBuilder cryptoProvider(String name) {
        settings.crypto(CryptoSettings.of(name));
        return this;
    }

    /** Has signatures checked by a provider, which does not have to be installed, and by nobody else. */
    public TokenGuardBuilder cryptoProvider(Provider provider) {
        settings.crypto(CryptoSettings.of(provider));
        return this;
    }

    /**
     * Lets tokens in over plain http, and fetches keys over it, from and to other machines too. Gives up the secrecy of
     * every token (RFC 6750 §5.2) and the authenticity of every key. On this machine plain http is always allowed.
     */
    public TokenGuardBuilder allowInsecureHttp() {
        settings.allowInsecureHttp();
        return this;
    }

    /**
     * How many requests a second from one client network (/24 of IPv4, /48 of IPv6) get 503 with {@code Retry-After} because
     * their key ID is unknown and no load of the issuer's keys has settled yet whether it is the issuer's. Further ones get 401,
     * so that one network's invalid tokens can't make this node look broken to a load balancer. Default: 5; 0 to 1000. With 0,
     * the first valid tokens of a new key get 401.
     */
    public TokenGuardBuilder maxUnsettledPerSecond(int requests) {
        settings.maxUnsettledPerSecond(requests);
        return this;
    }

    /**
     * Answers every bad token with the same bytes, so that a caller can't tell a forged token from an expired one. The log
     * still has the reason. Off by default: clients mend their requests sooner when they are told what is wrong.
     */
    public TokenGuardBuilder uniformRefusals() {
        settings.uniformRefusals();
        return this;
    }

    /**
     * Lets CORS preflights through to the application by any route: OPTIONS with {@code Origin} and
     * {@code Access-Control-Request-Method}, without credentials. Off by default: a preflight is then refused as any request
     * without a token is, and a browser sends no cross-origin request. Gives up that nothing reaches the application
     * without a token.
     */
    public TokenGuardBuilder passCorsPreflight() {
        settings.passCorsPreflight();
        return this;
    }

    /**
     * Whether the application is kept from seeing the {@code Authorization} field, so that it can't pass a token on to
     * others. Default: {@code false}, or what the preset says.
     */
    public TokenGuardBuilder hideCredentials(boolean isHidden) {
        settings.hideCredentials(isHidden);
        return this;
    }

    /**
     * Makes the guard {@linkplain io.tokenguard.access.GuardHealth#isReady() ready} only while every filter and feature that
     * was built for it has been started by its runtime. Off by default: some runtimes start them with the first request, which
     * does not come before the application is ready.
     */
    public TokenGuardBuilder requireAdapters() {
        settings.requireAdapters();
        return this;
    }

    /** Settings that a specification asks for together; what contradicts them fails in {@link #build()}. None by default. */
    public TokenGuardBuilder preset(Preset chosen) {
        settings.preset(chosen);
        return this;
    }

    /** Tells somebody else too of refusals; they are written to the log in any case. */
    public TokenGuardBuilder observer(GuardObserver observer) {
        settings.observer(observer);
        return this;
    }

    /**
     * The time of day, for what tokens, proofs and header fields say. Default: that of the system. Durations are measured with
     * {@link System#nanoTime}, unless this is a clock of your own; they are then measured by its steps forward.
     */
    public TokenGuardBuilder clock(Clock time) {
        environment = environment.withClock(time);
        return this;
    }

    /** Nanoseconds for durations, after {@link #clock}; beside that clock by default. */
    TokenGuardBuilder nanoTime(LongSupplier time) {
        environment = environment.withNanoTime(time);
        return this;
    }

    /** What starts loads; a thread of its own by default. */
    TokenGuardBuilder timer(ScheduledExecutorService started) {
        environment = environment.withTimer(started);
        return this;
    }

    /** Tells what the hosts stand for that issuers lead to; by default the platform does. */
    TokenGuardBuilder names(HostPolicy.NameLookup lookup) {
        environment = environment.withNames(lookup);
        return this;
    }

    /** Numbers from 0 to below 1 that spread loads; random by default. */
    TokenGuardBuilder chance(DoubleSupplier numbers) {
        environment = environment.withChance(numbers);
        return this;
    }

    /**
     * The guard. Keys are loaded in the background: the guard is built though an issuer is out of reach, and answers with
     * 503 until its keys have come.
     *
     * @throws ConfigurationException if a setting is missing, wrong, or contradicts another
     */
    public TokenGuard build() {
        return new TokenGuard(this);
    }

    GuardSettings settings() {
        return settings.build();
    }

    Environment environment() {
        return environment;
    }
}
