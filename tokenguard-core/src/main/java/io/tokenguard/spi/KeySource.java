package io.tokenguard.spi;

import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the keys of one issuer come from. Called by many threads at once. */
public interface KeySource extends AutoCloseable {
    /**
     * Finds the one key for a token.
     *
     * @param keyId the {@code kid} in the token's header; null where it has none
     * @param algorithm the algorithm in the token's header
     * @return the key; never one for another algorithm
     * @throws RefusedException with a reason of {@link io.tokenguard.access.RefusalReason.Stage#KEY}:
     *     {@link io.tokenguard.access.RefusalReason#KEY_UNKNOWN} where no key fits,
     *     {@link io.tokenguard.access.RefusalReason#KEYS_UNAVAILABLE} where that can't be told now
     */
    VerificationKey find(@Nullable String keyId, SignatureAlgorithm algorithm) throws RefusedException;

    /**
     * The keys that are known now, for bans: a key that is published under a banned key ID is banned by its thumbprint too.
     * Does not wait. Empty by default; the key behind a banned key ID can then still be used under another one.
     */
    default Collection<VerificationKey> keys() {
        return List.of();
    }

    /**
     * How the keys are. By default they are said to need no loading.
     *
     * @param issuer whose keys they are
     */
    default KeyHealth health(String issuer) {
        return KeyHealth.fixed(issuer);
    }

    /** Gives back threads and connections. Does nothing by default. */
    @Override
    default void close() {}
}
