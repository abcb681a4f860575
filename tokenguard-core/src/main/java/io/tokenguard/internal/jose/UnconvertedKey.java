package io.tokenguard.internal.jose;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A public key that no provider has read: a provider converts it by its X.509 encoding before it verifies a signature. Keys of
 * kinds that a JDK may lack can so be read on every JDK.
 */
sealed interface UnconvertedKey extends PublicKey permits EdwardsPublicKey, MlDsaPublicKey, Secp256k1PublicKey {
    /** The key of a SubjectPublicKeyInfo (RFC 5280 §4.1) of such a kind; null if it is of another one. */
    static @Nullable PublicKey of(byte[] der) {
        if (MlDsaKeys.isKey(der)) {
            return new MlDsaPublicKey(der);
        }
        PublicKey edwards = PlatformProvider.forKeys("OKP") == null ? EdwardsPublicKey.ofEncoded(der) : null;
        return edwards == null ? Secp256k1PublicKey.ofEncoded(der) : edwards;
    }

    @Override
    default String getFormat() {
        return "X.509";
    }
}
