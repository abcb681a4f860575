package io.tokenguard.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 hash of a text, as numbers.
 *
 * @param first the first 8 bytes
 * @param second the next
 * @param third the next
 * @param fourth the last
 */
record Fingerprint(long first, long second, long third, long fourth) {
    static Fingerprint of(String text) {
        ByteBuffer hash = ByteBuffer.wrap(sha256().digest(text.getBytes(UTF_8)));
        return new Fingerprint(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return Long.toHexString(first)
                + '-'
                + Long.toHexString(second)
                + '-'
                + Long.toHexString(third)
                + '-'
                + Long.toHexString(fourth);
    }
}
