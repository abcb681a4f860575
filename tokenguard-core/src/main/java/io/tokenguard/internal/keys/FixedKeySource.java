package io.tokenguard.internal.keys;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.KeyState;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.KeyReference;
import io.tokenguard.internal.jose.KeyRules;
import io.tokenguard.internal.jose.PublishedKey;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys that are set in code and never change. Immutable. */
public final class FixedKeySource implements KeySource {
    private final KeySet keys;
    private final Set<SignatureAlgorithm> accepted;

    /**
     * A source of some keys.
     *
     * @param keys the keys
     * @param accepted the accepted algorithms
     * @throws ConfigurationException if one breaks a rule for keys, or does not support its algorithm
     */
    public FixedKeySource(List<VerificationKey> keys, Set<SignatureAlgorithm> accepted) {
        this.accepted = Set.copyOf(accepted);
        this.keys = new KeySet(keys.stream().map(FixedKeySource::checked).toList());
    }

    private static PublishedKey checked(VerificationKey key) {
        String name = "key " + key.keyId();
        KeyRules.flawOf(key.publicKey()).ifPresent(flaw -> {
            throw ConfigurationException.of(name, key.algorithm(), "the key is refused (" + flaw + "); use another");
        });
        if (!KeyRules.algorithmsFor(key.publicKey()).contains(key.algorithm())) {
            throw ConfigurationException.of(
                    name, key.algorithm(), "the key does not support this algorithm; set one that it supports");
        }
        return new PublishedKey(key.keyId(), Map.of(key.algorithm(), key), "", "", Set.of());
    }

    @Override
    public Collection<VerificationKey> keys() {
        return keys.usable();
    }

    @Override
    public KeyHealth health(String issuer) {
        return KeyHealth.builder(issuer, KeyState.FRESH)
                .keysLeftOut(keys.leftOut(accepted))
                .keysByAlgorithm(keys.counts(accepted))
                .build();
    }

    @Override
    public VerificationKey find(@Nullable String keyId, SignatureAlgorithm algorithm) throws RefusedException {
        return keys.find(KeyReference.of(keyId), algorithm);
    }
}
