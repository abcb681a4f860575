package io.tokenguard.internal.jose;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
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

    /** Converts a key to one of the provider's own, so that it need not be converted for each signature. */
    private PublicKey own(PublicKey key) {
        if (provider.isEmpty() && !(key instanceof UnconvertedKey)) {
            return key;
        }
        try {
            KeyFactory factory = provider.isPresent()
                    ? KeyFactory.getInstance(algorithm.keys(), provider.get())
                    : KeyFactory.getInstance(algorithm.keys());
            return translated(key, factory);
        } catch (GeneralSecurityException | RuntimeException none) {
            return key;
        }
    }

    /** Some factories translate their own keys only, and read others by their encoding. */
    private static PublicKey translated(PublicKey key, KeyFactory factory) throws GeneralSecurityException {
        if (!(key instanceof UnconvertedKey)) {
            try {
                return (PublicKey) factory.translateKey(key);
            } catch (GeneralSecurityException | RuntimeException foreign) {
                // Its encoding is tried next.
            }
        }
        return factory.generatePublic(new X509EncodedKeySpec(key.getEncoded()));
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
        return nameOf(provider);
    }

    /** The name of a provider and its version. */
    static String nameOf(Optional<Provider> provider) {
        return provider.map(known -> known.getName() + " " + known.getVersionStr())
                .orElse("the first provider of the platform");
    }
}
