package io.tokenguard.internal.keys;

import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.KeyState;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.HmacKey;
import io.tokenguard.internal.jose.JwkThumbprint;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A configured secret that verifies HMACs. Tokens may have any key ID: there is one key. Immutable. */
public final class SecretKeySource implements KeySource {
    private static final String PREFIX = "hmac-";
    private static final int SHOWN = 8;

    private final Map<SignatureAlgorithm, VerificationKey> uses = new EnumMap<>(SignatureAlgorithm.class);

    /**
     * A source of one secret.
     *
     * @param secret the secret, long enough for each algorithm
     * @param algorithms HMAC algorithms, at least one
     */
    public SecretKeySource(HmacKey secret, Set<SignatureAlgorithm> algorithms) {
        // Another secret has another key ID, so that a ban of one does not ban the next.
        String keyId = PREFIX + JwkThumbprint.of(secret).substring(0, SHOWN);
        algorithms.forEach(algorithm -> uses.put(algorithm, new VerificationKey(keyId, algorithm, secret)));
    }

    @Override
    public Collection<VerificationKey> keys() {
        return uses.values().stream().limit(1).toList();
    }

    @Override
    public KeyHealth health(String issuer) {
        Map<SignatureAlgorithm, Integer> counts = new EnumMap<>(SignatureAlgorithm.class);
        uses.keySet().forEach(algorithm -> counts.put(algorithm, 1));
        return KeyHealth.builder(issuer, KeyState.FRESH).keysByAlgorithm(counts).build();
    }

    @Override
    public VerificationKey find(@Nullable String keyId, SignatureAlgorithm algorithm) throws RefusedException {
        VerificationKey key = uses.get(algorithm);
        if (key == null) {
            throw new RefusedException(
                    RefusalReason.KEY_UNUSABLE,
                    "",
                    () -> Finding.of("alg " + algorithm + " with the secret", "one of " + uses.keySet()));
        }
        return key;
    }
}
