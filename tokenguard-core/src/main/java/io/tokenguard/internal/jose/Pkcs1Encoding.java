package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * The message inside an RSASSA-PKCS1-v1_5 signature, of which there is exactly one spelling (RFC 8017 §9.2). Providers
 * differ here: that of newer JDKs also takes a DigestInfo without its NULL, and a decision must not depend on that.
 */
final class Pkcs1Encoding {
    private static final Map<SignatureAlgorithm, Pkcs1Encoding> ENCODINGS = Map.of(
            SignatureAlgorithm.RS256, new Pkcs1Encoding("SHA-256", "3031300d060960864801650304020105000420"),
            SignatureAlgorithm.RS384, new Pkcs1Encoding("SHA-384", "3041300d060960864801650304020205000430"),
            SignatureAlgorithm.RS512, new Pkcs1Encoding("SHA-512", "3051300d060960864801650304020305000440"));

    private final String hash;
    private final byte[] digestInfo;

    /** The start of a DigestInfo is that of RFC 8017 §9.2, note 1. */
    private Pkcs1Encoding(String hash, String digestInfo) {
        this.hash = hash;
        this.digestInfo = HexFormat.of().parseHex(digestInfo);
    }

    /**
     * Whether a signature that was verified holds the one right message (RFC 8017 §8.2.2, step 4); those of other
     * algorithms hold none of this kind.
     */
    static boolean isExact(PublicKey key, SignatureAlgorithm algorithm, byte[] signed, byte[] signature)
            throws NoSuchAlgorithmException {
        Pkcs1Encoding encoding = ENCODINGS.get(algorithm);
        if (encoding == null) {
            return true;
        }
        return key instanceof RSAPublicKey rsa
                && new BigInteger(1, signature)
                        .modPow(rsa.getPublicExponent(), rsa.getModulus())
                        .equals(new BigInteger(1, encoding.encode(signed, signature.length)));
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
