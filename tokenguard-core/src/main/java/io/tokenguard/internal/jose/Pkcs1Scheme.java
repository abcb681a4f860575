package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2): compares the whole encoded message, of which there is exactly one (§9.2). Providers
 * differ here: that of newer JDKs also accepts a DigestInfo without its NULL, and a decision must not depend on that. Nothing
 * here is secret.
 */
final class Pkcs1Scheme implements SignatureScheme {
    private final String hash;
    private final byte[] digestInfo;

    /** The start of a DigestInfo is that of RFC 8017 §9.2, note 1. */
    private Pkcs1Scheme(String hash, String digestInfo) {
        this.hash = hash;
        this.digestInfo = HexFormat.of().parseHex(digestInfo);
    }

    /** The scheme of an algorithm; empty if it is not of this kind. */
    static Optional<SignatureScheme> of(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256 -> Optional.of(new Pkcs1Scheme("SHA-256", "3031300d060960864801650304020105000420"));
            case RS384 -> Optional.of(new Pkcs1Scheme("SHA-384", "3041300d060960864801650304020205000430"));
            case RS512 -> Optional.of(new Pkcs1Scheme("SHA-512", "3051300d060960864801650304020305000440"));
            default -> Optional.empty();
        };
    }

    @Override
    public PreparedKey prepare(PublicKey key) {
        return (signed, signature) -> key instanceof RSAPublicKey rsa && verify(rsa, signed, signature);
    }

    private boolean verify(RSAPublicKey key, byte[] signed, byte[] signature) throws NoSuchAlgorithmException {
        return new BigInteger(1, signature)
                .modPow(key.getPublicExponent(), key.getModulus())
                .equals(new BigInteger(1, encode(signed, signature.length)));
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public String worker() {
        return "TokenGuard";
    }

    /** RFC 8017 §9.2, steps 1 to 5. */
    private byte[] encode(byte[] signed, int length) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance(hash).digest(signed);
        byte[] encoded = new byte[length];
        int digestAt = length - digest.length;
        int digestInfoAt = digestAt - digestInfo.length;
        encoded[1] = 1;
        Arrays.fill(encoded, 2, digestInfoAt - 1, (byte) 0xFF);
        System.arraycopy(digestInfo, 0, encoded, digestInfoAt, digestInfo.length);
        System.arraycopy(digest, 0, encoded, digestAt, digest.length);
        return encoded;
    }
}
