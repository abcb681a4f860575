package io.tokenguard.spi;

import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Provides the keys of one issuer. Must be thread-safe. */
public interface KeySource extends AutoCloseable {
    /**
     * Finds the one key for a token.
     *
     * @param keyId the {@code kid} in the token's header; null if absent
     * @param algorithm the algorithm in the token's header
     * @return the key; never one for another algorithm
     * @throws RefusedException with a reason of {@link io.tokenguard.access.RefusalReason.Stage#KEY}:
     *     {@link io.tokenguard.access.RefusalReason#KEY_UNKNOWN} if no key fits,
     *     {@link io.tokenguard.access.RefusalReason#KEYS_UNAVAILABLE} if this cannot be determined now
     */
    VerificationKey find(@Nullable String keyId, SignatureAlgorithm algorithm) throws RefusedException;

    /**
     * The current keys, for bans: a key that is published under a banned key ID is banned by its thumbprint too. Does not wait.
     * Default: empty; a key with a banned key ID can then still be used under a different key ID.
     */
    default Collection<VerificationKey> keys() {
        return List.of();
    }

    /**
     * The state of the keys. Default: keys that need no loading.
     *
     * @param issuer the issuer of the keys
     */
    default KeyHealth health(String issuer) {
        return KeyHealth.fixed(issuer);
    }

    /**
     * Starts to load the keys again, unless a load runs already. Returns at once. Default: does nothing.
     *
     * @return whether a load runs now; false if the source loads nothing, or has reached its limit of loads
     */
    default boolean refresh() {
        return false;
    }

    /** Releases threads and connections. Default: does nothing. */
    @Override
    default void close() {}
}
