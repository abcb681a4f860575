package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Route;
import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.Destination;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.Preset;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.config.SecurityEvents;
import io.tokenguard.config.StatusLists;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.config.TokenCache;
import io.tokenguard.internal.assembly.Environment;
import io.tokenguard.internal.keys.HostPolicy;
import io.tokenguard.internal.limits.BrakeSettings;
import io.tokenguard.internal.limits.LimitRule;
import io.tokenguard.internal.settings.AnswerSettings;
import io.tokenguard.internal.settings.ApplicationSettings;
import io.tokenguard.internal.settings.AuditSettings;
import io.tokenguard.internal.settings.CorsSettings;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.GuardSettingsBuilder;
import io.tokenguard.internal.settings.PolicySettings;
import io.tokenguard.internal.settings.SharedSettings;
import io.tokenguard.internal.writes.WriteRule;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.SharedState;
import java.net.URI;
import java.nio.file.Path;
import java.security.Provider;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** Collects the settings of a guard. Not thread-safe. */
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

    /**
     * Adds rules for {@link TokenGuard#decide(io.tokenguard.access.IncomingRequest)}. Requests that match no rule are denied.
     */
    public TokenGuardBuilder routes(Route... routes) {
        settings.routes(routes);
        return this;
    }

    /**
     * Adds a rule in the notation of the properties, such as {@code GET /api/orders/** scope orders:read}.
     *
     * @throws ConfigurationException if it is malformed
     * @see Route#parse(String)
     */
    public TokenGuardBuilder route(String rule) {
        return routes(Route.parse(rule));
    }

    /**
     * Adds a limit in the notation of the properties, such as {@code GET /api/orders/** limit 100/1m per subject}: for requests
     * that are granted, by whichever adapter. Those beyond it get 429 with {@code Retry-After}. Default: none. Needs
     * {@code tokenguard-gateway}.
     *
     * @throws ConfigurationException if it is malformed
     */
    public TokenGuardBuilder limit(String rule) {
        LimitRule read = LimitRule.parse(rule);
        settings.limits(known -> known.and(read));
        return this;
    }

    /**
     * How many senders a limit counts at most in this process; beyond, those with the fewest requests are forgotten.
     * Default: 100000; 1000 to 10000000. An entry takes about 400 bytes.
     */
    public TokenGuardBuilder limitBuckets(int most) {
        settings.limits(known -> known.maxBuckets(most));
        return this;
    }

    /** Lets each node count its own requests. Default: nodes with shared {@linkplain #sharedState state} count together. */
    public TokenGuardBuilder localLimits() {
        settings.limits(known -> known.shared(false));
        return this;
    }

    /** Whether requests pass, counted by each node alone, while the shared store does not answer. Default: they do. */
    public TokenGuardBuilder limitOutage(FailurePolicy policy) {
        settings.limits(known -> known.outage(policy));
        return this;
    }

    /**
     * Brakes client networks that send many bad tokens: bad tokens get 429 with {@code Retry-After} unverified, and few
     * others are verified. Cached tokens are never affected. Default: off. Needs {@code tokenguard-gateway}.
     *
     * @param isEnforced whether it refuses; otherwise it only reports what it would refuse
     */
    public TokenGuardBuilder brake(boolean isEnforced) {
        return braked(brake -> brake.mode(isEnforced ? BrakeSettings.Mode.ON : BrakeSettings.Mode.REPORT_ONLY));
    }

    /** How many different bad tokens a network can send in a minute before {@link #brake} acts. Default: 60; 1 to 100000. */
    public TokenGuardBuilder brakeMaxFailures(int perMinute) {
        return braked(brake -> brake.maxFailures(perMinute));
    }

    /**
     * How many tokens a second, not seen before, are still verified for a network on which {@link #brake} acts. Default: 5; 1
     * to 10000.
     */
    public TokenGuardBuilder brakeNewTokens(int perSecond) {
        return braked(brake -> brake.newTokens(perSecond));
    }

    private TokenGuardBuilder braked(UnaryOperator<BrakeSettings> change) {
        settings.limits(known -> known.brake(change));
        return this;
    }

    /**
     * Lets granted requests happen once for each {@code Idempotency-Key}, in the notation of the properties, such as {@code
     * POST /api/orders idempotent 24h}: the first answer is repeated for that time, to the same subject and client only.
     * Default: none. Needs an adapter that sees bodies and answers: the servlet filter or Jakarta REST.
     *
     * @throws ConfigurationException if it is malformed
     */
    public TokenGuardBuilder write(String rule) {
        WriteRule read = WriteRule.parse(rule);
        settings.writes(known -> known.and(read));
        return this;
    }

    /**
     * How many bytes of a body are read and hashed before the application runs; what follows is hashed as the application
     * reads it. Default: 64 KiB; 0 to 16 MiB.
     */
    public TokenGuardBuilder idempotencyMaxBody(long bytes) {
        settings.writes(known -> known.maxBody(bytes));
        return this;
    }

    /**
     * How many bytes of an answer's body are stored; a request with a longer answer happens once, and repetitions get 409.
     * Default: 64 KiB; 0 to 512 KiB.
     */
    public TokenGuardBuilder idempotencyMaxAnswer(long bytes) {
        settings.writes(known -> known.maxAnswer(bytes));
        return this;
    }

    /**
     * How long a request that was never answered, as after a crash, keeps repetitions from running. Longer than any request
     * takes. Default: 10 m; 10 s to 31 d.
     */
    public TokenGuardBuilder idempotencyLease(Duration time) {
        settings.writes(known -> known.lease(time));
        return this;
    }

    /** How many bytes answers take in this process, if there is no shared state. Default: 64 MiB; 1 MiB to 16 GiB. */
    public TokenGuardBuilder idempotencyMaxBytes(long bytes) {
        settings.writes(known -> known.maxBytes(bytes));
        return this;
    }

    /**
     * Header fields of answers that are stored, in addition to those that describe content and location. Default: none.
     *
     * @throws ConfigurationException if one must not be repeated, such as {@code Set-Cookie}
     */
    public TokenGuardBuilder idempotencyFields(String... names) {
        settings.writes(known -> known.fields(List.of(names)));
        return this;
    }

    /**
     * Declares that each scope includes those after it, such as {@code admin}, {@code orders:write}, {@code orders:read}.
     * Default: a scope includes no other. The cost: a token then grants more than the scopes it contains.
     */
    public TokenGuardBuilder scopeHierarchy(String... highestFirst) {
        settings.scopeHierarchy(highestFirst);
        return this;
    }

    /**
     * Declares that a scope includes every scope with the same prefix, such as {@code orders:*}; {@code *} must be its last
     * character. Default: {@code *} has no meaning. The cost: a token then grants more than the scopes it contains.
     */
    public TokenGuardBuilder scopeWildcards(String... wildcards) {
        settings.scopeWildcards(wildcards);
        return this;
    }

    /**
     * Orders values of {@code acr} by strength, so that a stronger one meets a requirement for a weaker one. Default: no
     * order; only the values that a rule names meet it. Each value is listed once.
     */
    public TokenGuardBuilder acrOrder(String... weakestFirst) {
        settings.acrOrder(weakestFirst);
        return this;
    }

    /**
     * The API's own public address: https, or http on this machine, without query and fragment. The guard then serves the
     * API's metadata to anyone (RFC 9728), names it in every challenge, and matches authorization details by it (RFC 9396
     * §2.2). Default: none.
     */
    public TokenGuardBuilder resource(URI address) {
        settings.resource(known -> known.at(address));
        return this;
    }

    /**
     * The hosts of the API, such as {@code api.example.com} or {@code api.example.com:8443}; without a port, the scheme's
     * default port. DPoP proofs are accepted for these hosts and that of {@link #resource(URI)} only; a request to another
     * one gets 400 ({@code TARGET_UNKNOWN}). Default: none. If DPoP or its nonces are required, set these hosts or {@link
     * #resource(URI)}: otherwise the caller's Host field would decide which proofs are accepted (RFC 9449 §4.3).
     *
     * @throws ConfigurationException if none is named. {@link #build()} throws it if one is not a host in ASCII, or has user
     *     info, a path or {@code *}
     */
    public TokenGuardBuilder resourceHosts(String... hosts) {
        settings.resource(known -> known.answeringFor(hosts));
        return this;
    }

    /** The API's name in its metadata, for people (RFC 9728 §2). Default: none. */
    public TokenGuardBuilder resourceName(String name) {
        settings.resource(known -> known.named(name));
        return this;
    }

    /** The address of the developer documentation in the API's metadata (RFC 9728 §2). Default: none. */
    public TokenGuardBuilder resourceDocumentation(URI page) {
        settings.resource(known -> known.documentedAt(page));
        return this;
    }

    /**
     * How DPoP-bound tokens are accepted (RFC 9449). Default: {@link Dpop#supported()}.
     *
     * @param chosen such as {@code Dpop.required().askForNonces()}
     */
    public TokenGuardBuilder dpop(Dpop chosen) {
        settings.dpop(unused -> chosen);
        return this;
    }

    /**
     * How certificate-bound tokens are accepted (RFC 8705). Default: {@link MutualTls#supported()}, by the certificates of
     * the connection.
     *
     * @param chosen such as {@code MutualTls.required()}
     */
    public TokenGuardBuilder mutualTls(MutualTls chosen) {
        settings.mutualTls(unused -> chosen);
        return this;
    }

    /**
     * Whether accepted tokens are cached, and how many. Default: {@link TokenCache#on()}.
     *
     * @param chosen such as {@code TokenCache.on().maxEntries(1_000_000)}
     */
    public TokenGuardBuilder tokenCache(TokenCache chosen) {
        settings.tokenCache(unused -> chosen);
        return this;
    }

    /**
     * How revocations are checked. Default: {@link Revocations#local()}.
     *
     * @param chosen such as {@code Revocations.shared(store)}
     */
    public TokenGuardBuilder revocations(Revocations chosen) {
        settings.revocations(unused -> chosen);
        return this;
    }

    /**
     * Which uses of a token are reported as signs of theft. Default: {@link TheftDetection#off()}.
     *
     * @param chosen such as {@code TheftDetection.report()}
     */
    public TokenGuardBuilder theftDetection(TheftDetection chosen) {
        settings.theftDetection(unused -> chosen);
        return this;
    }

    /**
     * What is learned of subjects, and what an unusual request causes. Default: {@link TheftDetection.Baseline#off()}.
     *
     * @param chosen such as {@code TheftDetection.Baseline.report()}
     */
    public TokenGuardBuilder theftBaseline(TheftDetection.Baseline chosen) {
        settings.theftBaseline(unused -> chosen);
        return this;
    }

    /**
     * Where the nodes of this API share revocations, used proofs and the nonce secret, unless these are configured
     * separately. Default: nowhere; each node knows only its own.
     *
     * @param address such as {@code redis://host:6379}, with a password if required; needs {@code tokenguard-redis}
     */
    public TokenGuardBuilder sharedState(URI address) {
        return sharedState(SharedState.Location.of(address));
    }

    /**
     * Where state that outlives the process is stored, with a database user, its password, or another table prefix.
     *
     * @param location such as {@code Location.of(URI.create("jdbc:postgresql://db/app")).user("app").password(secret)}
     */
    public TokenGuardBuilder sharedState(SharedState.Location location) {
        settings.sharedState(unused -> SharedSettings.at(location));
        return this;
    }

    /**
     * State that outlives the process, opened by the application's code, such as {@code JdbcState.of(dataSource)}. {@link
     * #build()} opens it; the guard closes it.
     */
    public TokenGuardBuilder sharedState(SharedState.Opener opener) {
        settings.sharedState(unused -> SharedSettings.of(opener));
        return this;
    }

    /**
     * Stores revocations, key bans, used proofs, received event tokens and the nonce secret in a folder on this machine, so
     * that they survive a restart. For one node; needs {@code tokenguard-state-h2}. Default: none.
     *
     * @param folder created if it does not exist; used by one process at a time
     */
    public TokenGuardBuilder stateFolder(Path folder) {
        return sharedState(folder.toUri());
    }

    /**
     * State that the nodes of this API share, opened by the application.
     *
     * @param state closed with the guard, or when {@link TokenGuard#reconfigure} leaves it out
     */
    public TokenGuardBuilder sharedState(SharedState state) {
        settings.sharedState(unused -> SharedSettings.of(state));
        return this;
    }

    /**
     * Which logout tokens are accepted. Default: {@link BackChannelLogout#strict()}.
     *
     * @param chosen such as {@code BackChannelLogout.strict().audiences("shop-client")}
     * @see TokenGuard#receiveLogout(String)
     */
    public TokenGuardBuilder backChannelLogout(BackChannelLogout chosen) {
        settings.backChannelLogout(unused -> chosen);
        return this;
    }

    /**
     * Which security event tokens are accepted. Default: {@link SecurityEvents#strict()}.
     *
     * @param chosen such as {@code SecurityEvents.strict().secret(secret)}
     * @see TokenGuard#receiveEvents(String)
     */
    public TokenGuardBuilder securityEvents(SecurityEvents chosen) {
        settings.securityEvents(unused -> chosen);
        return this;
    }

    /**
     * How the issuers' status lists are used. Default: {@link StatusLists#supported()}.
     *
     * @param chosen such as {@code StatusLists.required()}
     */
    public TokenGuardBuilder statusLists(StatusLists chosen) {
        settings.statusLists(unused -> chosen);
        return this;
    }

    /**
     * The proxies whose forwarding fields are trusted (RFC 7239, {@code X-Forwarded-Proto}, {@code -Host}, {@code -Port},
     * {@code -Prefix}): they then state the address that the client used, and whether it used TLS. Default: none. Each proxy
     * must overwrite these fields; otherwise any client can set them.
     *
     * @param addresses numeric addresses, or ranges such as {@code 10.0.0.0/8}
     */
    public TokenGuardBuilder trustedProxies(String... addresses) {
        settings.trustedProxies(addresses);
        return this;
    }

    /**
     * Names a list that conditions and deny lists use, such as {@code from @blocked}: a text file in UTF-8, one entry a line;
     * {@code #} begins a comment. Read by {@link #build()}, and again every ten seconds; a file that is wrong then is logged,
     * and the list as it was read before stays in use.
     *
     * @param name letters, digits, {@code -} and {@code _}
     * @param file at most 100 000 entries and 8 MiB
     * @throws ConfigurationException if the name is wrong. {@link #build()} throws it if the file can't be read or is malformed
     */
    public TokenGuardBuilder namedList(String name, Path file) {
        settings.policies(known -> known.list(name, file));
        return this;
    }

    /**
     * Refuses requests from these networks before their path and token are looked at, with 403 ({@code NETWORK_DENIED}), also
     * on public routes. Does not apply to the health document without details, metadata, preflights and feeds. Default: none. A request whose client address is not certain is refused too: set {@link #trustedProxies}.
     *
     * @param networks at most 64 numeric addresses, ranges such as {@code 192.0.2.0/24}, and lists such as {@code @blocked}
     */
    public TokenGuardBuilder denyNetworks(String... networks) {
        settings.policies(known -> known.denyingNetworks(networks));
        return this;
    }

    /**
     * Refuses tokens of these clients as soon as they are validated, with 403 ({@code CLIENT_DENIED}). Default: none. A token
     * that names no client is not refused.
     *
     * @param clients at most 64 client IDs, compared exactly, and lists such as {@code @banned}
     */
    public TokenGuardBuilder denyClients(String... clients) {
        settings.policies(known -> known.denyingClients(clients));
        return this;
    }

    /**
     * Only reports what {@link #denyNetworks} and {@link #denyClients} would refuse, as {@code would-refuse} events. Default:
     * off. The cost: denied networks and clients are served.
     */
    public TokenGuardBuilder reportDenialsOnly() {
        settings.policies(known -> known.mode(PolicySettings.Mode.REPORT_ONLY));
        return this;
    }

    /**
     * Switches the console on: a page for operators, which shows decisions and refusals, and revokes. Needs {@code
     * tokenguard-console} on the class path and {@link #consoleScope} or {@link #consoleRole}. Default: off. The page itself is
     * public and contains nothing. Anyone with a token of that scope or role can see refusals, and revoke every token.
     *
     * @param path where the filter or the Jakarta REST feature serves it, relative to the application, such as {@code /console}
     * @throws ConfigurationException if it is no plain path. {@link #build()} throws it if neither scope nor role is set, or if a
     *     route is below the path
     */
    public TokenGuardBuilder consolePath(String path) {
        settings.console(known -> known.at(path));
        return this;
    }

    /** The scope that a token needs for the console. Default: none; with {@link #consoleRole}, a token needs both. */
    public TokenGuardBuilder consoleScope(String scope) {
        settings.console(known -> known.requiringScope(scope));
        return this;
    }

    /** The role that a token needs for the console. Default: none; with {@link #consoleScope}, a token needs both. */
    public TokenGuardBuilder consoleRole(String role) {
        settings.console(known -> known.requiringRole(role));
        return this;
    }

    /** The protection space that challenges name (RFC 9110 §11.5). Default: {@code api}. */
    public TokenGuardBuilder realm(String name) {
        settings.answers(known -> known.in(name));
        return this;
    }

    /**
     * How many lines a second the audit log writes for each event and reason; a line {@code omitted} counts the rest.
     * Default: 50; 1 to 100 000. More lines cost CPU time during a flood of bad requests.
     */
    public TokenGuardBuilder auditMaxLinesPerSecond(int lines) {
        settings.audit(known -> known.linesPerSecond(lines));
        return this;
    }

    /**
     * Replaces subjects in audit events by a keyed hash (HMAC-SHA-256). By default they are shown in clear text. Events of one
     * subject can still be correlated.
     *
     * @param secret the key, at least 32 characters, the same on all nodes
     */
    public TokenGuardBuilder hashSubjectsInAudit(String secret) {
        settings.audit(known -> known.subjects(AuditSettings.Subjects.HASH).subjectSecret(secret));
        return this;
    }

    /** Omits subjects from audit events. By default they are shown in clear text. */
    public TokenGuardBuilder hideSubjectsInAudit() {
        settings.audit(known -> known.subjects(AuditSettings.Subjects.NONE));
        return this;
    }

    /**
     * Disables the {@code TokenGuard-Refusal} header field. By default it contains the identifier of the audit event, so that a
     * caller can quote it.
     */
    public TokenGuardBuilder withoutRefusalIds() {
        settings.audit(known -> known.refusalIds(false));
        return this;
    }

    /**
     * The maximum number of characters in a token. Default: 16384, or 24576 with ML-DSA; 512 to 65536. Longer tokens cost more
     * to refuse.
     */
    public TokenGuardBuilder maxTokenLength(int characters) {
        settings.maxTokenLength(characters);
        return this;
    }

    /**
     * Which provider verifies signatures: {@code auto}, Amazon Corretto Crypto Provider or Conscrypt if on the class path,
     * otherwise the platform; {@code jdk}, the platform alone; or the name of one provider that is installed in the JVM or on
     * the class path. Default: {@code auto}. A provider other than the platform has to verify known good and bad signatures
     * at start; it is not used for an algorithm that it gets wrong. Installs nothing in the JVM.
     */
    public TokenGuardBuilder cryptoProvider(String name) {
        settings.crypto(known -> known.by(name));
        return this;
    }

    /** Verifies signatures with this provider alone; it need not be installed. */
    public TokenGuardBuilder cryptoProvider(Provider provider) {
        settings.crypto(known -> known.by(provider));
        return this;
    }

    /**
     * Accepts encrypted tokens (RFC 7516) with a signed token inside. The file has one to four private keys, RSA or on P-256,
     * P-384 or P-521: a JWK, a JWK set, or PEM in PKCS #8. Read at start. Default: none, encrypted tokens are refused.
     */
    public TokenGuardBuilder decryptionKeyFile(Path file) {
        settings.crypto(known -> known.decryptingWith(file));
        return this;
    }

    /**
     * Accepts tokens and fetches keys over plain http, also from other machines. The cost: anyone on the network can read
     * tokens (RFC 6750 §5.2) and replace keys. On this machine plain http is always allowed.
     */
    public TokenGuardBuilder allowInsecureHttp() {
        settings.allowInsecureHttp();
        return this;
    }

    /**
     * How many requests a second from one client network (/24 of IPv4, /48 of IPv6) get 503 with {@code Retry-After} while
     * their key ID is unknown and no load of the issuer's keys has settled whether it exists. Further ones get 401, so that
     * one network's invalid tokens can't make this node look broken to a load balancer. Default: 5; 0 to 1000. With 0, the
     * first valid tokens of a new key get 401.
     */
    public TokenGuardBuilder maxUnsettledPerSecond(int requests) {
        settings.maxUnsettledPerSecond(requests);
        return this;
    }

    /**
     * Answers every invalid token with the same bytes, so that a caller can't distinguish a forged token from an expired one.
     * The log still has the reason. Default: off; clients find their mistakes sooner if the answer names them.
     */
    public TokenGuardBuilder uniformRefusals() {
        settings.answers(AnswerSettings::uniform);
        return this;
    }

    /**
     * Writes the body of each refusal as problem details (RFC 9457): the status, its phrase, and the OAuth error code where
     * there is one; nothing of the request or the token. Default: off; the body is the OAuth error code alone, or empty.
     */
    public TokenGuardBuilder problemDetails() {
        settings.answers(AnswerSettings::withProblemDetails);
        return this;
    }

    /**
     * Lets CORS preflights through to the application on every route: OPTIONS with {@code Origin} and {@code
     * Access-Control-Request-Method}, without credentials. Default: off; a preflight is refused like any request without a
     * token, and browsers send no cross-origin requests. The cost: these requests reach the application without a token.
     */
    public TokenGuardBuilder passCorsPreflight() {
        settings.passCorsPreflight();
        return this;
    }

    /**
     * Lets scripts of these origins read refusals, with their {@code WWW-Authenticate}, {@code Retry-After} and {@code
     * DPoP-Nonce} (Fetch Standard §3.2.3). Default: none. Without {@link #corsAllowedMethods}, preflights are not answered,
     * and answers of the application do not change: it needs a CORS filter of its own.
     *
     * @param origins as browsers send them, such as {@code https://app.example.com}; or {@code *} alone, for every origin
     * @throws io.tokenguard.access.ConfigurationException if there is none, or a browser never sends one of them
     */
    public TokenGuardBuilder corsAllowedOrigins(String... origins) {
        settings.answers(known -> known.cors(cors -> cors.from(origins)));
        return this;
    }

    /**
     * Answers all preflights, so that scripts of {@link #corsAllowedOrigins} can send these methods, and lets them read the
     * answers of the application. Default: none, which leaves both to the application. It then must have no CORS filter.
     */
    public TokenGuardBuilder corsAllowedMethods(String... methods) {
        settings.answers(known -> known.cors(cors -> cors.forMethods(methods)));
        return this;
    }

    /** The header fields that scripts may send. Default: {@code Authorization}, {@code DPoP} and {@code Content-Type}. */
    public TokenGuardBuilder corsAllowedHeaders(String... names) {
        settings.answers(known -> known.cors(cors -> cors.withHeaders(names)));
        return this;
    }

    /** Header fields of the application's answers that scripts can read, in addition to those of refusals. Default: none. */
    public TokenGuardBuilder corsExposedHeaders(String... names) {
        settings.answers(known -> known.cors(cors -> cors.exposing(names)));
        return this;
    }

    /** How long browsers may keep the answer to a preflight. Default: 10 m; 0 to 24 h. Browsers have limits of their own. */
    public TokenGuardBuilder corsMaxAge(Duration time) {
        settings.answers(known -> known.cors(cors -> cors.keptFor(time)));
        return this;
    }

    /**
     * Lets scripts send cookies and client certificates, which certificate-bound tokens need. Default: no. The cost: a script
     * of an allowed origin can use them, too. Not possible for {@code *}.
     */
    public TokenGuardBuilder corsAllowCredentials() {
        settings.answers(known -> known.cors(CorsSettings::withCredentials));
        return this;
    }

    /**
     * Further origins whose pages may send requests with a {@linkplain io.tokenguard.config.Credentials#inCookie token in a cookie}.
     * Default: the API's own origin only. The cost: what their pages do, they do in the user's name.
     *
     * @param origins as browsers send them, such as {@code https://app.example.com}; https, or http on this machine
     */
    public TokenGuardBuilder cookieAllowedOrigins(String... origins) {
        settings.cookies(known -> known.from(origins));
        return this;
    }

    /**
     * Lets all origins of the API's site send requests with a token in a cookie, such as every host below {@code example.com}. Default:
     * no. The cost: one host of the site that an attacker controls is enough to act in the name of all users.
     */
    public TokenGuardBuilder cookieAcceptSameSite() {
        settings.cookies(known -> known.fromSameSite());
        return this;
    }

    /**
     * The header field in which clients that send neither {@code Sec-Fetch-Site} nor {@code Origin} prove that they have the token in
     * the cookie: HMAC-SHA-256 of {@code tokenguard-csrf} with the token as key, in base64url without padding. Default: {@code
     * X-CSRF-Token}.
     */
    public TokenGuardBuilder cookieCsrfField(String name) {
        settings.cookies(known -> known.provenIn(name));
        return this;
    }

    /**
     * A header field whose presence is enough instead of the proof. Default: none. The cost: any text will do, so that nothing but
     * the preflights of browsers protects from other sites.
     *
     * @param name a field that begins with {@code X-} and that neither browsers nor proxies add, such as {@code X-CSRF}
     */
    public TokenGuardBuilder cookieAcceptCustomField(String name) {
        settings.cookies(known -> known.withCustomField(name));
        return this;
    }

    /**
     * Serves the {@linkplain TokenGuard#healthAnswer health document}. Default: off. Anyone can then see whether this node can
     * decide requests.
     *
     * @param path such as {@code /tokenguard/health}, relative to the application
     * @param scope the scope of tokens whose senders see details, such as the names of issuers
     * @throws io.tokenguard.access.ConfigurationException if the path is ambiguous, or the scope is none
     */
    public TokenGuardBuilder healthDocument(String path, String scope) {
        settings.answers(known -> known.health(health -> health.at(path).detailedFor(scope)));
        return this;
    }

    /**
     * Also accepts a token among the subprotocols that a WebSocket client offers, as {@code bearer.TOKEN} in {@code
     * Sec-WebSocket-Protocol} (RFC 6455 §11.3.4), because scripts in browsers can set no other field. A request must contain
     * one token in one place. The servlet filter hides the element from the application. Cost: proxies, servers and tools log
     * this field as it is, because it usually contains no secret; and such a token can't be bound to a key by DPoP. Default:
     * ignored.
     */
    public TokenGuardBuilder acceptTokenInWebSocketProtocol() {
        settings.acceptTokenInWebSocketProtocol();
        return this;
    }

    /**
     * Whether the application can't see the {@code Authorization} field, so that it can't pass a token on. Default: {@code
     * false}, or as the preset says.
     */
    public TokenGuardBuilder hideCredentials(boolean isHidden) {
        settings.answers(known -> known.hiding(isHidden));
        return this;
    }

    /**
     * Makes the guard {@linkplain io.tokenguard.access.GuardHealth#isReady() ready} only while every filter and feature that
     * was built for it has been started by its runtime. Default: off; some runtimes start them with the first request, which
     * does not come before the application is ready.
     */
    public TokenGuardBuilder requireAdapters() {
        settings.application(ApplicationSettings::requiringAdapters);
        return this;
    }

    /**
     * Adds services that the application calls, with the tokens that {@code tokenguard-downstream} gives to requests for them. Default:
     * none. Requests to all other places get no token.
     */
    public TokenGuardBuilder destinations(Destination... services) {
        for (Destination service : services) {
            settings.application(known -> known.and(service));
        }
        return this;
    }

    /** Settings that a specification requires together; {@link #build()} fails if another contradicts them. Default: none. */
    public TokenGuardBuilder preset(Preset chosen) {
        settings.preset(chosen);
        return this;
    }

    /** Adds an observer. Refusals are written to the log in any case. */
    public TokenGuardBuilder observer(GuardObserver observer) {
        settings.observer(observer);
        return this;
    }

    /**
     * The time of day, for times in tokens, proofs and header fields. Default: the system's. Durations are measured with
     * {@link System#nanoTime}, or by the forward steps of this clock if it is your own.
     */
    public TokenGuardBuilder clock(Clock time) {
        environment = environment.withClock(time);
        return this;
    }

    /**
     * Runs the decisions of {@link TokenGuard#decideAsync} that have to wait, such as an executor of virtual threads, or one that
     * passes on a context. If it rejects a task, the request gets 503. Default: up to 64 threads of the guard for tokens
     * that were verified or active recently, and as many for others, started when
     * needed, and up to 1000 decisions that wait for each.
     *
     * @param executor its threads may be blocked for some seconds; it must bound its queue; the guard does not close it
     */
    public TokenGuardBuilder asyncExecutor(Executor executor) {
        environment = environment.withWaiting(executor);
        return this;
    }

    /** Sets the source of nanoseconds for durations. Call it after {@link #clock}. Default: derived from that clock. */
    TokenGuardBuilder nanoTime(LongSupplier time) {
        environment = environment.withNanoTime(time);
        return this;
    }

    /** The executor of key loads. Default: a thread of the guard. */
    TokenGuardBuilder timer(ScheduledExecutorService started) {
        environment = environment.withTimer(started);
        return this;
    }

    /** Resolves the host names of issuers. Default: as the platform does. */
    TokenGuardBuilder names(HostPolicy.NameLookup lookup) {
        environment = environment.withNames(lookup);
        return this;
    }

    /** Numbers from 0 (inclusive) to 1 (exclusive) that spread loads over time. Default: random. */
    TokenGuardBuilder chance(DoubleSupplier numbers) {
        environment = environment.withChance(numbers);
        return this;
    }

    /**
     * Builds the guard. Loads keys in the background: builds even if an issuer is unreachable; requests get 503 until its
     * keys are loaded.
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
