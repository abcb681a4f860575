package io.tokenguard.internal.writes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Hashes the query and the body of a request, as far as it is read. For one request. */
final class BodyHash {
    private static final int PIECE = 8_192;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final MessageDigest digest = sha256();
    private final boolean isWhole;
    private long length;

    /**
     * What was hashed.
     *
     * @param length how many bytes of the body
     * @param isWhole whether the body has no more
     * @param hash the hash of the query and of these bytes
     */
    record Hashed(long length, boolean isWhole, String hash) {}

    private BodyHash(String query, boolean isWhole) {
        byte[] bytes = query.getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
        this.isWhole = isWhole;
    }

    /**
     * Starts with the head of a body.
     *
     * @param isWhole whether the body has no more
     */
    static BodyHash of(String query, byte[] head, boolean isWhole) {
        BodyHash hash = new BodyHash(query, isWhole);
        hash.add(head, 0, head.length);
        return hash;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    void add(byte[] bytes, int from, int count) {
        digest.update(bytes, from, count);
        length += count;
    }

    Hashed end() {
        return new Hashed(length, isWhole, TEXT.encodeToString(digest.digest()));
    }

    /** Whether a later request is the same, as far as the first one was read. Reads no further than that, and one byte more. */
    static boolean isSame(Hashed first, String query, byte[] head, InputStream rest) throws IOException {
        InputStream body = new SequenceInputStream(new ByteArrayInputStream(head), rest);
        BodyHash hash = new BodyHash(query, first.isWhole);
        byte[] piece = new byte[PIECE];
        while (hash.length < first.length) {
            int count = body.read(piece, 0, (int) Math.min(PIECE, first.length - hash.length));
            if (count < 0) {
                return false;
            }
            hash.add(piece, 0, count);
        }
        return (!first.isWhole || body.read() < 0)
                && MessageDigest.isEqual(hash.end().hash.getBytes(UTF_8), first.hash.getBytes(UTF_8));
    }
}
