package io.tokenguard.internal.jose;

import java.math.BigInteger;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A public key for Ed25519 or Ed448 (RFC 8037 §2), where the platform has no provider of its own that reads them. Its point is
 * not checked here. Immutable.
 */
final class EdwardsPublicKey implements UnconvertedKey, EdECPublicKey {
    private static final long serialVersionUID = 1L;

    /** SEQUENCE { SEQUENCE { 1.3.101.112 } BIT STRING }, up to the point (RFC 8410 §4). */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    /** The same with 1.3.101.113. */
    private static final byte[] ED448 = HexFormat.of().parseHex("3043300506032b6571033a00");

    private final byte[] encoded;

    private EdwardsPublicKey(byte[] encoded) {
        this.encoded = encoded;
    }

    /** Reads a key from its JWK, whose curve is known and whose point has the right length. */
    static EdwardsPublicKey read(Map<String, Object> jwk) throws MalformedException {
        String text = String.valueOf(jwk.get("x"));
        byte[] point = Base64Url.decode(text, 0, text.length());
        byte[] prefix = "Ed448".equals(jwk.get("crv")) ? ED448 : ED25519;
        byte[] encoded = Arrays.copyOf(prefix, prefix.length + point.length);
        System.arraycopy(point, 0, encoded, prefix.length, point.length);
        return new EdwardsPublicKey(encoded);
    }

    /** The key in X.509 encoding; null if it is of another kind. */
    static @Nullable EdwardsPublicKey ofEncoded(byte[] der) {
        return isOf(ED25519, 32, der) || isOf(ED448, 57, der) ? new EdwardsPublicKey(der.clone()) : null;
    }

    private static boolean isOf(byte[] prefix, int pointBytes, byte[] der) {
        return der.length == prefix.length + pointBytes
                && Arrays.equals(der, 0, prefix.length, prefix, 0, prefix.length);
    }

    private boolean isEd448() {
        return encoded[8] == ED448[8];
    }

    @Override
    public NamedParameterSpec getParams() {
        return isEd448() ? NamedParameterSpec.ED448 : NamedParameterSpec.ED25519;
    }

    /** RFC 8032 §5.1.2, §5.2.2: y in little-endian order, and the lowest bit of x in the highest one. */
    @Override
    public EdECPoint getPoint() {
        byte[] bigEndian = new byte[encoded.length - ED25519.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = encoded[encoded.length - 1 - i];
        }
        boolean isOdd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7F;
        return new EdECPoint(isOdd, new BigInteger(1, bigEndian));
    }

    @Override
    public String getAlgorithm() {
        return "EdDSA";
    }

    @Override
    public byte[] getEncoded() {
        return encoded.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EdwardsPublicKey that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }
}
