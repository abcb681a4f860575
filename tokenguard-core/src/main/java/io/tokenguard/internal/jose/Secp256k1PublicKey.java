package io.tokenguard.internal.jose;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jose4j.keys.EllipticCurves;
import org.jspecify.annotations.Nullable;

/** A public key on secp256k1 (RFC 8812 §3.1), whose curve no supported JDK has. Its point is not checked here. Immutable. */
final class Secp256k1PublicKey implements UnconvertedKey, ECPublicKey {
    private static final long serialVersionUID = 1L;

    private static final int COORDINATE_BYTES = 32;

    /** SEQUENCE { SEQUENCE { ecPublicKey, secp256k1 } BIT STRING { uncompressed point } }, up to the point. */
    private static final byte[] PREFIX = HexFormat.of().parseHex("3056301006072a8648ce3d020106052b8104000a03420004");

    private final byte[] encoded;

    private Secp256k1PublicKey(byte[] encoded) {
        this.encoded = encoded;
    }

    /** Reads a key from its JWK, whose coordinates have 32 bytes each. */
    static Secp256k1PublicKey read(Map<String, Object> jwk) throws MalformedException {
        byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + 2 * COORDINATE_BYTES);
        System.arraycopy(coordinate(jwk, "x"), 0, encoded, PREFIX.length, COORDINATE_BYTES);
        System.arraycopy(coordinate(jwk, "y"), 0, encoded, PREFIX.length + COORDINATE_BYTES, COORDINATE_BYTES);
        return new Secp256k1PublicKey(encoded);
    }

    /** The key in X.509 encoding, with an uncompressed point; null if it is of another kind. */
    static @Nullable Secp256k1PublicKey ofEncoded(byte[] der) {
        boolean isKey = der.length == PREFIX.length + 2 * COORDINATE_BYTES
                && Arrays.equals(der, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
        return isKey ? new Secp256k1PublicKey(der.clone()) : null;
    }

    private static byte[] coordinate(Map<String, Object> jwk, String name) throws MalformedException {
        String text = String.valueOf(jwk.get(name));
        return Base64Url.decode(text, 0, text.length());
    }

    @Override
    public ECPoint getW() {
        return new ECPoint(number(PREFIX.length), number(PREFIX.length + COORDINATE_BYTES));
    }

    private BigInteger number(int from) {
        return new BigInteger(1, encoded, from, COORDINATE_BYTES);
    }

    @Override
    public ECParameterSpec getParams() {
        return EllipticCurves.SECP256K1;
    }

    @Override
    public String getAlgorithm() {
        return "EC";
    }

    @Override
    public byte[] getEncoded() {
        return encoded.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secp256k1PublicKey that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }
}
