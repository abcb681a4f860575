package io.tokenguard.internal.jose;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.concurrent.atomic.AtomicReference;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jspecify.annotations.Nullable;

/** A key for one provider. Reuses a prepared {@code Signature}, one thread at a time. Thread-safe. */
final class JcaKey implements PreparedKey {
    private final JcaScheme scheme;
    private final PublicKey key;
    private final AtomicReference<@Nullable Signature> idle = new AtomicReference<>();

    JcaKey(JcaScheme scheme, PublicKey key) {
        this.scheme = scheme;
        this.key = key;
    }

    @Override
    public boolean verify(byte[] signed, byte[] signature) throws GeneralSecurityException, IOException {
        // RFC 7518 §3.4: JOSE concatenates R and S, the platform has a DER sequence.
        byte[] written =
                scheme.algorithm().isEcdsa() ? EcdsaUsingShaAlgorithm.convertConcatenatedToDer(signature) : signature;
        Signature verification = take();
        verification.update(signed);
        boolean isGood = verification.verify(written);
        // verify() resets it as initVerify does. After an exception its state is unknown, and it is dropped.
        idle.set(verification);
        return isGood;
    }

    private Signature take() throws GeneralSecurityException {
        Signature kept = idle.getAndSet(null);
        if (kept != null) {
            return kept;
        }
        Signature verification = scheme.open();
        verification.initVerify(key);
        return verification;
    }
}
