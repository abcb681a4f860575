package io.tokenguard.internal.jose;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Optional;

/**
 * Verifies signatures with a provider.
 *
 * @param algorithm the algorithm
 * @param name the provider's name for it
 * @param provider the provider; empty for the first one in the platform's list
 */
record JcaScheme(JcaAlgorithm algorithm, String name, Optional<Provider> provider) implements SignatureScheme {
    @Override
    public PreparedKey prepare(PublicKey key) {
        return new JcaKey(this, own(key));
    }

    /** Converts a key to one of the provider's own, so that native code need not convert it for each signature. */
    private PublicKey own(PublicKey key) {
        if (provider.isEmpty()) {
            return key;
        }
        try {
            return (PublicKey)
                    KeyFactory.getInstance(algorithm.keys(), provider.get()).translateKey(key);
        } catch (GeneralSecurityException | RuntimeException none) {
            return key;
        }
    }

    /** @throws GeneralSecurityException if no provider supports the algorithm */
    Signature open() throws GeneralSecurityException {
        Signature verification =
                provider.isPresent() ? Signature.getInstance(name, provider.get()) : Signature.getInstance(name);
        if (algorithm.parameters().isPresent()) {
            verification.setParameter(algorithm.parameters().get());
        }
        return verification;
    }

    @Override
    public boolean isAvailable() {
        try {
            return open().getAlgorithm() != null;
        } catch (GeneralSecurityException none) {
            return false;
        }
    }

    @Override
    public String worker() {
        return provider.map(known -> known.getName() + " " + known.getVersionStr())
                .orElse("the first provider of the platform");
    }
}
