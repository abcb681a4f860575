package io.tokenguard.internal.jose;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A public key for ML-DSA (FIPS 204). Immutable. */
final class MlDsaPublicKey implements UnconvertedKey {
    private static final long serialVersionUID = 1L;

    private final byte[] encoded;

    MlDsaPublicKey(byte[] encoded) {
        this.encoded = encoded.clone();
    }

    @Override
    public String getAlgorithm() {
        return "ML-DSA";
    }

    @Override
    public byte[] getEncoded() {
        return encoded.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MlDsaPublicKey that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }
}
