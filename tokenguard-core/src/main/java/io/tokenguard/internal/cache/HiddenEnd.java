package io.tokenguard.internal.cache;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.OptionalInt;

/**
 * How much of the end of a token the cache must not store, so that nobody can restore the token from memory, although all else
 * of it is there.
 *
 * <p>258 bits are enough of most signatures: of an Ed25519 or P-256 signature, they are the half which only the key can make;
 * of other elliptic curves, of RSA and of HMAC, finding so many bits takes about 2^124 steps or more, by search or as a
 * discrete logarithm in an interval. An RSA signature with a small public exponent could be completed (Coppersmith 1996): such
 * tokens are not cached. The end of an ML-DSA signature follows from the rest (FIPS 204, algorithm 8: the hints of a known
 * commitment), so all of the signature is hidden. An encrypted token ends with a tag that follows from the decryption key,
 * and that key is in the same memory: all of the token is hidden. Nothing is known about other keys: their tokens are
 * not cached.
 */
final class HiddenEnd {
    /** Characters of 6 bits each. */
    static final int USUAL = 43;

    /** With a smaller exponent, the rest of a signature can be computed from a part of it. */
    private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65_537);

    private static final int SIGNED_PARTS = 3;

    private HiddenEnd() {}

    /**
     * The number of characters at the end of a token that must not be stored.
     *
     * @param field the text that ends with the token
     * @param start the index in it at which the token begins
     * @param key the key that signed it
     * @return the number; empty if the token must not be cached
     */
    static OptionalInt of(String field, int start, PublicKey key) {
        if (parts(field, start) != SIGNED_PARTS) {
            return OptionalInt.of(field.length() - start);
        }
        if (key.getAlgorithm().startsWith("ML-DSA")) {
            return OptionalInt.of(Math.max(USUAL, field.length() - field.lastIndexOf('.') - 1));
        }
        return isHiddenByUsual(key) ? OptionalInt.of(USUAL) : OptionalInt.empty();
    }

    private static int parts(String field, int start) {
        int parts = 1;
        for (int dot = field.indexOf('.', start); dot >= 0; dot = field.indexOf('.', dot + 1)) {
            parts++;
        }
        return parts;
    }

    private static boolean isHiddenByUsual(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getPublicExponent().compareTo(LEAST_EXPONENT) >= 0;
        }
        return key instanceof ECPublicKey
                || key instanceof EdECPublicKey
                || key.getAlgorithm().startsWith("HMAC");
    }
}
