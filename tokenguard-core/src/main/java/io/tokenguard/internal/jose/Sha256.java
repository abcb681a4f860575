package io.tokenguard.internal.jose;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that thumbprints, proofs and saved keys are known by (FIPS 180-4 §6.2). */
public final class Sha256 {
    private Sha256() {}

    /** The 32 bytes of the hash. */
    public static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
