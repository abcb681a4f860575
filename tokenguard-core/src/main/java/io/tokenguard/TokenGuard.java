package io.tokenguard;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardStats;
import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.ResourceMetadata;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Route;
import io.tokenguard.config.Destination;
import io.tokenguard.internal.assembly.AssembledGuard;
import io.tokenguard.internal.assembly.GuardLifecycle;
import io.tokenguard.internal.assembly.StartedOnce;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.feeds.FeedProtocol;
import io.tokenguard.internal.pipeline.DecisionPipeline;
import io.tokenguard.internal.pipeline.FeedReceiver;
import io.tokenguard.internal.pipeline.HandlerRequirements;
import io.tokenguard.internal.pipeline.MatchedRequirement;
import io.tokenguard.internal.settings.ConsoleSettings;
import io.tokenguard.internal.settings.GuardSettingsBuilder;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.SharedState;
import io.tokenguard.spi.TokenEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Validates the access token of a request, and decides whether to let the request through. Thread-safe: one instance serves
 * all threads. Its mutable state is the issuers' keys, the revocations and key bans, and the configuration, which {@link
 * #reconfigure} replaces in one step. Close it when the application ends.
 */
public final class TokenGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenGuard.class);
    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final long READINESS_PAUSE_NANOS = 5_000_000;

    private final GuardLifecycle lifecycle;
    private final StartedOnce<Console> console = new StartedOnce<>(Console::close);

    TokenGuard(TokenGuardBuilder settings) {
        this.lifecycle = new GuardLifecycle(settings.settings(), settings.environment());
    }

    private DecisionPipeline pipeline() {
        return lifecycle.current().pipeline();
    }

    private FeedReceiver feeds() {
        return lifecycle.current().feeds();
    }

    /** Starts a configuration. */
    public static TokenGuardBuilder builder() {
        return new TokenGuardBuilder(new GuardSettingsBuilder());
    }

    /**
     * Decides by the guard's own routes. Requests that match no route are denied, and so are requests with an ambiguous path.
     *
     * @return the decision; bad input is a refusal, never an exception
     */
    public Decision decide(IncomingRequest request) {
        AssembledGuard guard = lifecycle.current();
        return guard.pipeline().decide(request, guard.routes());
    }

    /**
     * Decides as {@link #decide(IncomingRequest)} does, for event loops: never blocks the caller. Completes at once, on the
     * caller's thread, if nothing has to be waited for, as for cached tokens; else on a thread of {@link
     * TokenGuardBuilder#asyncExecutor}. Observers and rules of the application run on the same thread as the decision, and so
     * does the audit log; they must not block. After {@link #close()}, decisions that have to wait are 503.
     *
     * @param request must stay readable until the decision is made, possibly on another thread
     * @return the decision, never null and never an exception; if it is cancelled before it is made, no proof is used up
     */
    public CompletionStage<Decision> decideAsync(IncomingRequest request) {
        return lifecycle.decideAsync(request);
    }

    /** Decides by a requirement that the caller supplies, as {@link #decideAsync(IncomingRequest)} does. */
    public CompletionStage<Decision> decideAsync(IncomingRequest request, AccessRequirement requirement) {
        return lifecycle.decideAsync(request, unused -> MatchedRequirement.supplied(requirement));
    }

    /**
     * Decides by a requirement that the caller supplies, such as an adapter that matches resources itself.
     *
     * @return the decision; bad input is a refusal, never an exception
     */
    public Decision decide(IncomingRequest request, AccessRequirement requirement) {
        return pipeline().decide(request, unused -> MatchedRequirement.supplied(requirement));
    }

    /**
     * Decides by the handler that a framework selects for the request, without the guard's own routes: for an adapter that
     * matches resources itself. A request whose handler has no requirement is denied.
     *
     * @return the decision; bad input is a refusal, never an exception
     */
    public Decision decide(IncomingRequest request, IncomingRequest.Handler handler) {
        return pipeline().decide(request, unused -> MatchedRequirement.of(handler));
    }

    /**
     * Decides by the guard's own routes and by the handler that a framework selects for the request: both must be met. A
     * request that matches no route, and whose handler has no requirement, is denied. A handler can't weaken a route: a token
     * is needed if either of them needs one.
     *
     * @param handler the request's handler; used only if the path is unambiguous
     * @return the decision; bad input is a refusal, never an exception
     */
    public Decision decideForHandler(IncomingRequest request, IncomingRequest.Handler handler) {
        AssembledGuard guard = lifecycle.current();
        return guard.pipeline().decide(request, new HandlerRequirements(guard.routes(), handler));
    }

    /**
     * Decides again within a request whose token was already accepted, by the guard's own routes and by the handler that a
     * framework selects.
     *
     * @param request the request as it is to be served now
     * @param handler the request's handler
     * @param alreadyGood the token of an earlier decision about the same request
     */
    public Decision decideAgainForHandler(
            IncomingRequest request, IncomingRequest.Handler handler, AccessToken alreadyGood) {
        AssembledGuard guard = lifecycle.current();
        return guard.pipeline().decideAgain(request, new HandlerRequirements(guard.routes(), handler), alreadyGood);
    }

    /**
     * Decides again within a request whose token was already accepted, such as after a forward to another path. Checks the new
     * path's requirement and whether the token was revoked since; does not validate the token again.
     *
     * @param request the request as it is to be served now
     * @param alreadyGood the token of an earlier decision about the same request
     */
    public Decision decideAgain(IncomingRequest request, AccessToken alreadyGood) {
        AssembledGuard guard = lifecycle.current();
        return guard.pipeline().decideAgain(request, guard.routes(), alreadyGood);
    }

    /**
     * Decides again within a request whose token was accepted already, by a requirement that the caller supplies: for an
     * adapter that matches resources itself, behind another adapter that has validated the token.
     *
     * @param request the request as it is to be served now
     * @param alreadyGood the token of an earlier decision about the same request
     */
    public Decision decideAgain(IncomingRequest request, AccessRequirement requirement, AccessToken alreadyGood) {
        return pipeline().decideAgain(request, unused -> MatchedRequirement.supplied(requirement), alreadyGood);
    }

    /** Decides again by the handler that a framework selects, without the guard's own routes. */
    public Decision decideAgain(IncomingRequest request, IncomingRequest.Handler handler, AccessToken alreadyGood) {
        return pipeline().decideAgain(request, unused -> MatchedRequirement.of(handler), alreadyGood);
    }

    /**
     * Validates a token alone, for callers without HTTP. Does not check what the token grants: that is up to the caller.
     *
     * @param token the compact token, without a scheme
     * @throws RefusedException if the token is refused, or can't be validated now
     */
    public AccessToken validate(String token) throws RefusedException {
        return pipeline().validate(token);
    }

    /**
     * Re-checks everything about an accepted token that can change: its lifetime, whether its key was banned, and whether it
     * was revoked. For work that continues long after its request was let through: call it from time to time, and end the
     * work if it throws. {@link #watch} does so for a stream or a WebSocket.
     *
     * @param alreadyGood the token of an earlier decision
     * @throws RefusedException if the token is no longer accepted; or if that can't be decided now, in which case the
     *     {@linkplain io.tokenguard.access.RefusalReason#isVerdict() reason is no verdict}
     */
    public void validateAgain(AccessToken alreadyGood) throws RefusedException {
        pipeline().validateAgain(alreadyGood);
    }

    /**
     * Ends a stream, such as a WebSocket or server-sent events, when its token is no longer accepted: checks the token now and
     * then once a second, as {@link #validateAgain} does. It ends within about two seconds after its token has expired, after
     * a revocation or a ban has reached this node, and after the token can no longer be decided about (fail closed). Also ends
     * when the guard is closed. Outlives {@link #reconfigure}: the configuration in effect decides. At most 100 000 streams
     * are watched, and 10 000 of one subject, or of one client if there is no subject.
     *
     * @param alreadyGood the token of an earlier decision
     * @param onEnd ends the stream; called once at most, on a thread of the guard, of which there are up to 64: it may block
     *     for a moment. Gets the reason, which is {@linkplain RefusalReason#isVerdict() no verdict} if it could not be
     *     decided. What it throws is logged
     * @return stops watching: run it when the stream has ended by itself. Safe to run twice
     * @throws RefusedException if the token is no longer accepted; or if too many streams are watched ({@link
     *     RefusalReason#INTERNAL_FAILURE}). {@code onEnd} is not called then
     */
    public Runnable watch(AccessToken alreadyGood, Consumer<RefusalReason> onEnd) throws RefusedException {
        return lifecycle.watch(alreadyGood, onEnd);
    }

    /**
     * Ends a stream that was opened without a token, unless the token comes in time: for a token in the first message.
     *
     * @param longest the longest wait, by the guard's clock; checked once a second
     * @param onEnd ends the stream; called as for {@link #watch}
     * @return to be run when the token has come, or when the stream has ended. Safe to run twice
     * @throws RefusedException if 100 000 streams without a token are watched; they take no place of the others
     */
    public Runnable expectToken(Duration longest, Runnable onEnd) throws RefusedException {
        return lifecycle.expectToken(longest, onEnd);
    }

    /**
     * Bans a key ID: refuses every token that is signed with a key of this ID, whichever issuer publishes it. Use it if a
     * signing key is compromised and its issuer still publishes it. All public keys that have this key ID, now or later, are
     * banned by their thumbprints too, and stay banned under any other ID. A ban never expires, outlives {@link
     * #reconfigure}, and reaches the other nodes and later processes as a revocation does.
     *
     * @param keyId the key ID, {@code kid}; not empty
     * @return whether the ban is stored, as durably as this guard's configuration stores revocations; false as in {@link
     *     #revoke}
     * @throws IllegalArgumentException if the key ID is empty
     */
    public boolean banKey(String keyId) {
        if (keyId.isEmpty()) {
            throw new IllegalArgumentException("keyId is empty; pass the key ID (kid) of the key to ban");
        }
        LOG.warn("Key {} is banned: its tokens are refused from now on", SafeText.value(keyId));
        return lifecycle.revoke(Revocation.keyId(keyId));
    }

    /**
     * Bans a public key, whatever its key ID is and whichever issuer publishes it. Otherwise like {@link #banKey}.
     *
     * @param thumbprint the key's JWK thumbprint with SHA-256 (RFC 7638 §3): 43 characters of base64url
     * @return whether the ban is stored, as for {@link #banKey}
     * @throws IllegalArgumentException if the text is not such a thumbprint
     */
    public boolean banKeyByThumbprint(String thumbprint) {
        if (!THUMBPRINT.matcher(thumbprint).matches()) {
            throw new IllegalArgumentException("a thumbprint (RFC 7638, SHA-256) has 43 characters of base64url");
        }
        LOG.warn("The key with thumbprint {} is banned: its tokens are refused from now on", thumbprint);
        return lifecycle.revoke(Revocation.key(thumbprint));
    }

    /**
     * Revokes tokens before they expire. In effect on this node when it returns; if nodes share their revocations, the others
     * get it in the background. Can't be undone: two revocations of the same target together refuse every token that either of
     * them refuses, until both have expired. Outlives {@link #reconfigure}.
     *
     * @param revocation what is revoked, such as {@code Revocation.subject(issuer, subject).issuedBefore(clock.instant())}
     * @return whether it is stored, as durably as this guard's configuration stores revocations; {@code false} if the store
     *     is full, or if a durable store has not committed it yet: revoke again later
     * @throws IllegalArgumentException if it names an issuer that this guard does not trust, by its identifier, an alias or a
     *     template: it would revoke nothing. Not thrown if an issuer without an identifier is configured, as answers of its
     *     introspection endpoint may name any issuer
     */
    public boolean revoke(Revocation revocation) {
        return lifecycle.revoke(revocation);
    }

    /**
     * The revocations and key bans that this node knows and that have not ended; not an atomic snapshot. Reads all of them
     * until it has found enough: for operators, not for requests.
     *
     * @param wanted selects them. Compare the first 16 characters of targets: only those of key bans are complete
     * @param most how many are returned at most
     */
    public List<Revocation> revocations(Predicate<Revocation> wanted, int most) {
        return lifecycle.current().revocations(wanted, most);
    }

    /**
     * Writes an audit event {@code acted} about what an administrator did through an interface of the application. Use it beside
     * {@link #revoke} and {@link #banKey}, whose own events name nobody.
     *
     * @param act what was done, such as {@code revoke}
     * @param actor the administrator's token; its issuer, client, subject and identifier are written, the subject as {@code
     *     tokenguard.audit.subject} allows
     * @param details further fields; their values are cut to 512 characters and escaped
     */
    public void recordAct(String act, AccessToken actor, Map<String, String> details) {
        lifecycle.recordAct(act, actor, details);
    }

    /**
     * Accepts a logout token (OpenID Connect Back-Channel Logout 1.0 §2.4) of a trusted issuer, and revokes the tokens of its
     * session or, if it names none, those of its subject that were issued before.
     *
     * @param logoutToken the compact token
     * @throws RefusedException if it is refused, or can't be validated now
     */
    public void receiveLogout(String logoutToken) throws RefusedException {
        feeds().receive(FeedProtocol.LOGOUT, logoutToken);
    }

    /**
     * Accepts a logout token from a request (OpenID Connect Back-Channel Logout 1.0 §2.5), as {@link #receiveLogout(String)}
     * does.
     *
     * @param body the body; at most 64 KiB of it are read
     * @return the response; invalid input gets an error response, never an exception
     */
    public FeedAnswer receiveLogout(IncomingRequest request, InputStream body) {
        return feeds().receive(FeedProtocol.LOGOUT, request, body);
    }

    /**
     * Accepts a security event token (RFC 8417) of a trusted issuer, and revokes the tokens that its events concern.
     *
     * @param eventToken the compact token
     * @throws RefusedException if it is refused, or can't be validated now
     */
    public void receiveEvents(String eventToken) throws RefusedException {
        feeds().receive(FeedProtocol.EVENTS, eventToken);
    }

    /**
     * Accepts a security event token from a request (RFC 8935 §2), as {@link #receiveEvents(String)} does.
     *
     * @param body the body; at most 64 KiB of it are read
     * @return the response; invalid input gets an error response, never an exception
     */
    public FeedAnswer receiveEvents(IncomingRequest request, InputStream body) {
        return feeds().receive(FeedProtocol.EVENTS, request, body);
    }

    /**
     * Replaces the configuration in one step: each request is decided by the old or by the new one, never by parts of both.
     * Keys are loaded again, and the known ones are used until then; bans and revocations stay. Not for use after {@link
     * #close()}.
     *
     * @param settings the new configuration, complete
     * @throws ConfigurationException if it is wrong; the old one then stays
     */
    public void reconfigure(TokenGuardBuilder settings) {
        lifecycle.replace(settings.settings(), settings.environment());
    }

    /** The current state of the issuers' keys, introspection, revocations and adapters. Cheap; makes no network call. */
    public GuardHealth health() {
        return lifecycle.health();
    }

    /**
     * Starts to load the keys of all issuers again. Returns at once. Not for requests: the loads count towards the limit of
     * loads a minute.
     *
     * @return how many loads run now
     */
    public int refreshKeys() {
        return lifecycle.current().refreshKeys();
    }

    /**
     * Decides by the guard's own routes as {@link #decide(IncomingRequest)} does, but without an effect: the decision is not
     * counted, logged or observed, and a proof is not used up. An accepted token is cached, and keys and answers of the issuer
     * may be loaded. Report-only requirements are not tried, and limits and the brake are not asked: a request that
     * would get 429 is granted here.
     *
     * @return the decision; bad input is a refusal, never an exception
     */
    public Decision explain(IncomingRequest request) {
        AssembledGuard guard = lifecycle.current();
        return guard.pipeline().explain(request, guard.routes());
    }

    /** The guard's own rules, the most specific first; one with a trial has the tried requirement in report-only mode. */
    public List<Route> rules() {
        return lifecycle.current().trials().rules();
    }

    /**
     * Tries a requirement on one of the guard's own rules: reports what it would refuse, and enforces nothing, as {@link
     * AccessRequirement#reportOnly}. Replaces an earlier trial of the rule. Ends with {@link #endTrial}, {@link #reconfigure} or
     * the process; other nodes do not get it.
     *
     * @param rule as {@link GuardStats} names it, such as {@code GET /orders/**}
     * @param candidate the requirement
     * @throws IllegalArgumentException if there is no such rule, if its configuration has a report-only requirement, or if no
     *     request can meet the candidate
     */
    public void startTrial(String rule, AccessRequirement candidate) {
        lifecycle.current().trials().start(rule, candidate);
    }

    /**
     * Ends what {@link #startTrial} began.
     *
     * @return whether the rule was on trial
     * @throws IllegalArgumentException if there is no such rule
     */
    public boolean endTrial(String rule) {
        return lifecycle.current().trials().end(rule);
    }

    /** The requirements that {@link #startTrial} tries now, by the names of their rules. */
    public Map<String, AccessRequirement> trials() {
        return lifecycle.current().trials().onTrial();
    }

    /**
     * Adds an observer while the guard runs, after those of the builder. It outlives {@link #reconfigure}.
     *
     * @return removes the observer; call it once
     */
    public Runnable observe(GuardObserver observer) {
        return lifecycle.observe(observer);
    }

    /** The services that the application calls, with the tokens that they get. For {@code tokenguard-downstream}. */
    public List<Destination> destinations() {
        return lifecycle.current().destinations();
    }

    /**
     * Where tokens for a destination are requested. For {@code tokenguard-downstream}: ask for each call, as {@link #reconfigure}
     * replaces it.
     *
     * @param destination the name of the destination
     * @return the endpoint; empty if no tokens are requested for it
     */
    public Optional<TokenEndpoint> tokenEndpoint(String destination) {
        return lifecycle.current().tokenEndpoint(destination);
    }

    /**
     * The rule that guards the interface of the console: its pattern is the console's path and {@code /api/**}. Empty if the
     * console is off. For the console and adapters.
     */
    public Optional<Route> consoleRoute() {
        return lifecycle.current().consoleRoute();
    }

    /**
     * The console: started when the first adapter asks for it, shared by all adapters, and closed with the guard. For adapters.
     *
     * @return the console; empty if it is off, or if the guard is closed
     * @throws ConfigurationException if its path is set, and {@code tokenguard-console} is not on the class path
     */
    public Optional<Console> console() {
        return consoleRoute().flatMap(route -> console.get(() -> Console.find().start(this)));
    }

    /** What the guard has counted since it was built. Cheap; makes no network call. */
    public GuardStats stats() {
        return lifecycle.stats();
    }

    /** Where counts over time are stored: empty unless a shared state is configured that stores them. For the console. */
    public Optional<SharedState.RollUpStore> rollUps() {
        return lifecycle.rollUps();
    }

    /** Where the health document is, relative to the application; empty, as by default, if it is off. For adapters. */
    public Optional<String> healthPath() {
        return lifecycle.current().healthPath();
    }

    /**
     * Answers a request for the health document, for adapters: at its path with 200 if the guard is ready and with 503 if not;
     * below it at {@code /ready} likewise, and at {@code /live} with 200 always. Needs no token; a token with the configured
     * scope shows details. Makes no network call, except to validate such a token.
     *
     * @return the answer; empty if the request is for something else
     */
    public Optional<FeedAnswer> healthAnswer(IncomingRequest request) {
        return lifecycle.current().healthEndpoint().flatMap(endpoint -> endpoint.answer(request, this::health));
    }

    /**
     * Answers a CORS preflight, for adapters: with 204 if its origin is allowed, else with 403. Needs no token; the answer is
     * the same for every path, except for the API's metadata, which scripts of every origin can read. An adapter must not let
     * a request through that has an answer here.
     *
     * @return the answer; empty if the request is no preflight, or if preflights are up to the application, as by default
     */
    public Optional<FeedAnswer> preflightAnswer(IncomingRequest request) {
        return lifecycle.current().preflightAnswer(request);
    }

    /**
     * Announces an adapter: a filter or the like that uses this guard once a runtime has started it. If no runtime starts it
     * within ten seconds, an error is logged and {@link #health()} is degraded. For adapters; thread-safe.
     *
     * @param adapter its name, for the log
     * @param remedy what to do if no runtime starts it, for the log: a full sentence
     * @return a task to run when a runtime starts the adapter
     */
    public Runnable expectAdapter(String adapter, String remedy) {
        return lifecycle.expectAdapter(adapter, remedy);
    }

    /**
     * Waits until the guard is {@linkplain GuardHealth#isReady() ready}. For start-up code and tests, not for request
     * threads.
     *
     * @param longest the longest wait
     * @return whether it is ready; false after the longest wait, or if the thread is interrupted, which stays interrupted
     */
    public boolean awaitReady(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (!health().isReady()) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(READINESS_PAUSE_NANOS);
        }
        return true;
    }

    /**
     * The header fields that an adapter has to hide from the application, because they may contain a token: names in lower
     * case; empty unless credentials are hidden. Of {@code sec-websocket-protocol}, only the elements that begin with {@code
     * bearer.} are hidden.
     */
    public Set<String> hiddenHeaders() {
        return lifecycle.current().hiddenHeaders();
    }

    /**
     * The cookies that an adapter has to hide from the application, because they may contain a token: case-sensitive names; empty
     * unless credentials are hidden.
     */
    public Set<String> hiddenCookies() {
        return lifecycle.current().hiddenCookies();
    }

    /**
     * Starts a granted request that happens once, for adapters. Call it after each grant of a request that reaches the
     * application from outside; not after those of forwards and includes.
     *
     * @param query the query as sent; empty if there is none
     * @param token the accepted token; empty if the route is open
     * @return empty if no rule applies, or if the request has no key and needs none
     */
    public Optional<IdempotentWrite> write(IncomingRequest request, String query, Optional<AccessToken> token) {
        return lifecycle.current().writes().begin(request, query, token);
    }

    /** Whether some requests must happen once: an adapter that can't call {@link #write} must not start then. */
    public boolean hasWrites() {
        return !lifecycle.current().writes().table().isEmpty();
    }

    /** Whether an adapter has to hide credentials from the application. */
    public boolean hidesCredentials() {
        return lifecycle.current().hidesCredentials();
    }

    /** The metadata of the API (RFC 9728), from the guard's own routes; empty unless its address is configured. */
    public Optional<ResourceMetadata> resourceMetadata() {
        return resourceMetadata(List.of());
    }

    /**
     * The metadata of the API (RFC 9728).
     *
     * @param further requirements in addition to the guard's own routes, such as those of an adapter that matches resources
     *     itself
     * @return the metadata; empty unless the API's address is configured
     */
    public Optional<ResourceMetadata> resourceMetadata(Collection<AccessRequirement> further) {
        return lifecycle.current().resourceMetadata(further);
    }

    /**
     * Why no request can meet a requirement under the current configuration, such as a role if no issuer has a claim for roles.
     * For adapters that match resources themselves; routes are checked at start.
     *
     * @param requirement the requirement
     * @return the reason and what to set, for a message; empty if a request can meet it
     */
    public Optional<String> obstacleTo(AccessRequirement requirement) {
        return lifecycle.current().obstacle(requirement);
    }

    /**
     * Whether a route of the guard decides about a path, for adapters that report which of their resources nothing decides about.
     *
     * @param method such as {@code GET}
     * @param path in the normal form, such as {@code /orders/17}
     */
    public boolean hasRouteFor(String method, String path) {
        return lifecycle.current().routes().routes().find(method, path).isPresent();
    }

    /**
     * Stops loading keys and closes the key sources. A closed guard still decides, by the keys it has, until they expire
     * ({@code jwks.outage-ttl}): then requests get 503. Opaque tokens can no longer be introspected. Ends the streams that it
     * {@linkplain #watch watches}.
     */
    @Override
    public void close() {
        console.close();
        lifecycle.close();
    }

    /**
     * Serves requests of operators, by their values, whatever server or framework has received them. Thread-safe.
     */
    public interface Console extends AutoCloseable {
        /**
         * Whether it, and not the application, serves a path.
         *
         * @param path decoded, relative to the application
         */
        boolean serves(String path);

        /**
         * Answers a request. Wrong input is an answer, never an exception.
         *
         * @param request a request that {@link TokenGuard#decide(IncomingRequest)} has granted, with its credentials
         * @param body its body, of which at most 128 KiB are read
         * @param token its accepted token; empty on a public route
         * @throws IOException if the body can't be read
         */
        FeedAnswer answer(IncomingRequest request, InputStream body, Optional<AccessToken> token) throws IOException;

        @Override
        void close();

        private static Provider find() {
            return ServiceLoader.load(Provider.class)
                    .findFirst()
                    .orElseThrow(() -> ConfigurationException.because(
                            ConsoleSettings.PATH,
                            "is set, and there is no console on the class path",
                            "add io.tokenguard:tokenguard-console, or remove the key"));
        }

        /** Starts the console of a guard that has a path for it. Found by {@link ServiceLoader}. */
        interface Provider {
            /** Starts it; it observes the guard until it is closed. */
            Console start(TokenGuard guard);
        }
    }
}
