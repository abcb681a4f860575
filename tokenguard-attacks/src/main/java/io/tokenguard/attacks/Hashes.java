package io.tokenguard.attacks;

import io.tokenguard.testkit.TestAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of each algorithm. */
final class Hashes {
    private Hashes() {}

    /** The name of the hash that an RSA or ECDSA algorithm uses. */
    static String nameFor(TestAlgorithm algorithm) {
        String name = algorithm.joseName();
        return "SHA-" + name.substring(name.length() - 3);
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
