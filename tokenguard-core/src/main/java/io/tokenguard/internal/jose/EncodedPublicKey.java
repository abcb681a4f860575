package io.tokenguard.internal.jose;

import java.security.PublicKey;

/**
 * A public key that no provider has read: a provider converts it by its X.509 encoding before it verifies a signature. Keys of
 * kinds that a JDK may lack can so be read on every JDK.
 */
sealed interface EncodedPublicKey extends PublicKey permits MlDsaPublicKey, Secp256k1PublicKey {
    @Override
    default String getFormat() {
        return "X.509";
    }
}
