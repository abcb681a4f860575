package io.tokenguard;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.ResourceMetadata;
import io.tokenguard.internal.audit.SafeText;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a request, with the access token it carries, may do what it asks for. What moves in it are the keys of
 * the issuers, the names of banned keys, and the configuration as a whole, which can be replaced in one step. Made to be
 * shared by all threads. Close it when the application ends.
 */
public final class TokenGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenGuard.class);

    private final Lasting lasting = new Lasting();
    private final ReentrantLock reconfiguring = new ReentrantLock();
    private volatile Corridor corridor;

    TokenGuard(TokenGuardBuilder settings) {
        this.corridor = settings.corridor(lasting);
    }

    /** Starts to describe a guard. */
    public static TokenGuardBuilder builder() {
        return new TokenGuardBuilder();
    }

    /**
     * Decides by the guard's own routes. What no route covers is refused, and so is a path that could be read in two ways.
     *
     * @return the decision; bad input is a refusal, never an exception
     */
    public Decision decide(IncomingRequest request) {
        return corridor.decide(request, null, null);
    }

    /**
     * Decides by a requirement that the caller has found, as an adapter does that matches resources itself.
     *
     * @return the decision; bad input is a refusal, never an exception
     */
    public Decision decide(IncomingRequest request, AccessRequirement requirement) {
        return corridor.decide(request, requirement, null);
    }

    /**
     * Decides once more within a request whose token has been found good already, as when a container forwards it to
     * another path: the new path's demands are made, and the token is not judged twice.
     *
     * @param request the request as it is to be served now
     * @param alreadyGood the token of an earlier decision about the same request
     */
    public Decision decideAgain(IncomingRequest request, AccessToken alreadyGood) {
        return corridor.decide(request, null, alreadyGood);
    }

    /**
     * Decides once more within a request whose token has been found good already, by a requirement that the caller has
     * found: as an adapter does that matches resources itself, behind another one that has judged the token.
     *
     * @param request the request as it is to be served now
     * @param alreadyGood the token of an earlier decision about the same request
     */
    public Decision decideAgain(IncomingRequest request, AccessRequirement requirement, AccessToken alreadyGood) {
        return corridor.decide(request, requirement, alreadyGood);
    }

    /**
     * Judges a token alone, for callers without HTTP. What the token grants is for the caller to judge.
     *
     * @param token the compact token, without a scheme
     * @throws RefusedException if the token is not good, or can't be judged now
     */
    public AccessToken validate(String token) throws RefusedException {
        return corridor.validate(token);
    }

    /**
     * Refuses every token of a key from now on, whichever issuer published it, without asking anybody: for the hour in which
     * a key is known to be stolen and its issuer still publishes it. Lasts as long as this guard does.
     *
     * @param keyId the key's name, {@code kid}
     */
    public void banKey(String keyId) {
        lasting.bannedKeys().add(keyId);
        LOG.warn("Tokens of key {} are refused from now on", SafeText.value(keyId));
    }

    /**
     * Takes another configuration in the place of this one, in one step: a request is decided by the one or by the other.
     * Keys are loaded anew, and those known so far serve until then; bans stay. Not for use after {@link #close()}.
     *
     * @param settings the new configuration, complete
     * @throws ConfigurationException if it is wrong; the old one then stays
     */
    public void reconfigure(TokenGuardBuilder settings) {
        reconfiguring.lock();
        try {
            Corridor replaced = corridor;
            Corridor fresh = settings.corridor(lasting);
            fresh.inherit(replaced);
            corridor = fresh;
            replaced.closeFor(fresh);
        } finally {
            reconfiguring.unlock();
        }
    }

    /** How the keys of the issuers are, and how asking them fares, now. */
    public GuardHealth health() {
        return corridor.health();
    }

    /** Whether an adapter has to keep the {@code Authorization} field from the application. */
    public boolean hidesCredentials() {
        return corridor.hidesCredentials();
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
        return corridor.resourceMetadata(further);
    }

    /** Ends the loading of keys and closes the key sources. A closed guard goes on to decide by the keys it has. */
    @Override
    public void close() {
        corridor.close();
    }
}
