package io.tokenguard;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.ResourceMetadata;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.assembly.AssembledGuard;
import io.tokenguard.internal.assembly.GuardLifecycle;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.feeds.FeedProtocol;
import io.tokenguard.internal.pipeline.DecisionPipeline;
import io.tokenguard.internal.pipeline.FeedReceiver;
import io.tokenguard.internal.settings.GuardSettingsBuilder;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a request, with the access token it carries, may do what it asks for. What moves in it are the keys of
 * the issuers, the names of banned keys, and the configuration as a whole, which can be replaced in one step. Made to be
 * shared by all threads. Close it when the application ends.
 */
public final class TokenGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenGuard.class);
    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final long READINESS_PAUSE_NANOS = 5_000_000;

    private final GuardLifecycle lifecycle;

    TokenGuard(TokenGuardBuilder settings) {
        this.lifecycle = new GuardLifecycle(settings.settings(), settings.environment());
    }

    private DecisionPipeline pipeline() {
        return lifecycle.current().pipeline();
    }

    private FeedReceiver feeds() {
        return lifecycle.current().feeds();
    }

    /** Starts to describe a guard. */
    public static TokenGuardBuilder builder() {
        return new TokenGuardBuilder(new GuardSettingsBuilder());
    }

    /**
     * Decides by the guard's own routes. What no route covers is refused, and so is a path that could be read in two ways.
     *
     * @return the decision; bad input is a refusal, never an exception
     */
    public Decision decide(IncomingRequest request) {
        AssembledGuard guard = lifecycle.current();
        return guard.pipeline().decide(request, guard.routes());
    }

    /**
     * Decides by a requirement that the caller has found, as an adapter does that matches resources itself.
     *
     * @return the decision; bad input is a refusal, never an exception
     */
    public Decision decide(IncomingRequest request, AccessRequirement requirement) {
        return pipeline().decide(request, unused -> requirement);
    }

    /**
     * Decides once more within a request whose token has been found good already, as when a container forwards it to
     * another path: the new path's demands are made, and of the token only whether it was revoked since.
     *
     * @param request the request as it is to be served now
     * @param alreadyGood the token of an earlier decision about the same request
     */
    public Decision decideAgain(IncomingRequest request, AccessToken alreadyGood) {
        AssembledGuard guard = lifecycle.current();
        return guard.pipeline().decideAgain(request, guard.routes(), alreadyGood);
    }

    /**
     * Decides once more within a request whose token has been found good already, by a requirement that the caller has
     * found: as an adapter does that matches resources itself, behind another one that has judged the token.
     *
     * @param request the request as it is to be served now
     * @param alreadyGood the token of an earlier decision about the same request
     */
    public Decision decideAgain(IncomingRequest request, AccessRequirement requirement, AccessToken alreadyGood) {
        return pipeline().decideAgain(request, unused -> requirement, alreadyGood);
    }

    /**
     * Judges a token alone, for callers without HTTP. What the token grants is for the caller to judge.
     *
     * @param token the compact token, without a scheme
     * @throws RefusedException if the token is not good, or can't be judged now
     */
    public AccessToken validate(String token) throws RefusedException {
        return pipeline().validate(token);
    }

    /**
     * Judges a token once more that was found good earlier, by what can have changed since: its lifetime, whether its key was
     * banned, and whether it was revoked. For work that goes on for long after its request was let in, such as a stream or a
     * websocket: call it from time to time, and end the work where it throws.
     *
     * @param alreadyGood the token of an earlier decision
     * @throws RefusedException if the token is no longer good; or if that can't be told now, where the
     *     {@linkplain io.tokenguard.access.RefusalReason#isVerdict() reason is no verdict}
     */
    public void validateAgain(AccessToken alreadyGood) throws RefusedException {
        pipeline().validateAgain(alreadyGood);
    }

    /**
     * Bans a key ID: refuses every token that is signed with a key of this name, whichever issuer publishes it. Use it if a
     * signing key is compromised and its issuer still publishes it. The public keys that are known under this key ID, now or
     * later, are banned by their thumbprints too, and stay banned under any other name. A ban never expires, outlives
     * {@link #reconfigure}, and reaches the other nodes and later processes as a revocation does.
     *
     * @param keyId the key ID, {@code kid}; not empty
     * @return whether the ban is kept, as durably as this guard's configuration keeps revocations; false as in {@link #revoke}
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
     * @return whether the ban is kept, as for {@link #banKey}
     * @throws IllegalArgumentException if the text is no such thumbprint
     */
    public boolean banKeyByThumbprint(String thumbprint) {
        if (!THUMBPRINT.matcher(thumbprint).matches()) {
            throw new IllegalArgumentException("a thumbprint (RFC 7638, SHA-256) has 43 characters of base64url");
        }
        LOG.warn("The key with thumbprint {} is banned: its tokens are refused from now on", thumbprint);
        return lifecycle.revoke(Revocation.key(thumbprint));
    }

    /**
     * Withdraws tokens before their time is over. Bites on this node when it returns; where nodes share their revocations, the
     * others are told without waiting for them. Never undone: a second revocation of the same target hits what either hits,
     * for as long as either lasts. Outlasts {@link #reconfigure}.
     *
     * @param revocation what is withdrawn, such as {@code Revocation.subject(issuer, subject).issuedBefore(clock.instant())}
     * @return whether it is kept, as durably as this guard's configuration keeps revocations; {@code false} if there is no
     *     room for it, or if a durable store has not committed it yet, and it should be revoked again later
     */
    public boolean revoke(Revocation revocation) {
        return lifecycle.revoke(revocation);
    }

    /**
     * Takes a logout token (OpenID Connect Back-Channel Logout 1.0 §2.4) of a trusted issuer, and withdraws the tokens of its
     * session or, where it names none, those of its subject that were issued before.
     *
     * @param logoutToken the compact token
     * @throws RefusedException if it is not good, or can't be judged now
     */
    public void receiveLogout(String logoutToken) throws RefusedException {
        feeds().receive(FeedProtocol.LOGOUT, logoutToken);
    }

    /**
     * Takes a logout token out of a request (OpenID Connect Back-Channel Logout 1.0 §2.5), as
     * {@link #receiveLogout(String)} does.
     *
     * @param body the body; at most 64 KiB of it are read
     * @return what to answer; bad input is an answer, never an exception
     */
    public FeedAnswer receiveLogout(IncomingRequest request, InputStream body) {
        return feeds().receive(FeedProtocol.LOGOUT, request, body);
    }

    /**
     * Takes a security event token (RFC 8417) of a trusted issuer, and withdraws what its events say is good no more.
     *
     * @param eventToken the compact token
     * @throws RefusedException if it is not good, or can't be judged now
     */
    public void receiveEvents(String eventToken) throws RefusedException {
        feeds().receive(FeedProtocol.EVENTS, eventToken);
    }

    /**
     * Takes a security event token out of a request (RFC 8935 §2), as {@link #receiveEvents(String)} does.
     *
     * @param body the body; at most 64 KiB of it are read
     * @return what to answer; bad input is an answer, never an exception
     */
    public FeedAnswer receiveEvents(IncomingRequest request, InputStream body) {
        return feeds().receive(FeedProtocol.EVENTS, request, body);
    }

    /**
     * Takes another configuration in the place of this one, in one step: a request is decided by the one or by the other.
     * Keys are loaded anew, and those known so far serve until then; bans and revocations stay. Not for use after {@link #close()}.
     *
     * @param settings the new configuration, complete
     * @throws ConfigurationException if it is wrong; the old one then stays
     */
    public void reconfigure(TokenGuardBuilder settings) {
        lifecycle.replace(settings.settings(), settings.environment());
    }

    /** How the keys of the issuers, asking them, the revocations and the adapters are, now. Asks nobody and is cheap. */
    public GuardHealth health() {
        return lifecycle.health();
    }

    /**
     * Announces an adapter: a filter or the like that asks this guard once a runtime has started it. If no runtime does within
     * ten seconds, an error is logged and {@link #health()} is degraded. For adapters; thread-safe.
     *
     * @param adapter its name, for the log
     * @param remedy what to do if no runtime starts it, for the log: a full sentence
     * @return to be run whenever a runtime starts the adapter
     */
    public Runnable expectAdapter(String adapter, String remedy) {
        return lifecycle.expectAdapter(adapter, remedy);
    }

    /**
     * Waits until the guard is {@linkplain GuardHealth#isReady() ready}. For start-up code and tests, not for request threads.
     *
     * @param longest the longest wait
     * @return whether it is ready; false if the time is over or the thread is interrupted, which stays interrupted
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
     * case; empty unless credentials are hidden.
     */
    public Set<String> hiddenHeaders() {
        return lifecycle.current().hiddenHeaders();
    }

    /** Whether an adapter has to hide credentials from the application. */
    public boolean hidesCredentials() {
        return lifecycle.current().hidesCredentials();
    }

    /** What the API says of itself (RFC 9728), by the guard's own routes; empty unless its address is configured. */
    public Optional<ResourceMetadata> resourceMetadata() {
        return resourceMetadata(List.of());
    }

    /**
     * What the API says of itself (RFC 9728).
     *
     * @param further what is demanded beside the guard's own routes, as by an adapter that matches resources itself
     * @return the metadata; empty unless the API's address is configured
     */
    public Optional<ResourceMetadata> resourceMetadata(Collection<AccessRequirement> further) {
        return lifecycle.current().resourceMetadata(further);
    }

    /**
     * Why no request can ever meet a requirement by the configuration in effect, such as a role where no issuer has a claim
     * for roles. For adapters that match resources themselves; routes are checked at start.
     *
     * @param requirement the requirement
     * @return the reason and what to set, for a message; empty if a request can meet it
     */
    public Optional<String> obstacleTo(AccessRequirement requirement) {
        return lifecycle.current().obstacle(requirement);
    }

    /** Ends the loading of keys and closes the key sources. A closed guard goes on to decide by the keys it has. */
    @Override
    public void close() {
        lifecycle.close();
    }
}
