package io.tokenguard.attacks;

import io.tokenguard.testkit.TestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The hash of each algorithm. */
final class Hashes {
    private Hashes() {}

    /** The name of the hash that an RSA or ECDSA algorithm uses. */
    static String nameFor(TestAlgorithm algorithm) {
        String name = algorithm.joseName();
        return "SHA-" + name.substring(name.length() - 3);
    }

    /** The hash of a token as a proof has it (RFC 9449 §4.2). */
    static String ofToken(String token) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(digest("SHA-256", token.getBytes(StandardCharsets.US_ASCII)));
    }

    static byte[] digest(String hash, byte[]... inputs) {
        try {
            MessageDigest digest = MessageDigest.getInstance(hash);
            for (byte[] input : inputs) {
                digest.update(input);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no " + hash, e);
        }
    }
}
