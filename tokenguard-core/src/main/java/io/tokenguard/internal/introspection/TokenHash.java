package io.tokenguard.internal.introspection;

import io.tokenguard.internal.jose.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The SHA-256 of a token: two tokens can't have the same hash, and no token stays in memory.
 *
 * @param first the first 8 of the 32 bytes
 * @param second the next 8
 * @param third the next 8
 * @param fourth the last 8
 */
record TokenHash(long first, long second, long third, long fourth) {
    /**
     * Hashes a token.
     *
     * @param configuration a hash of the endpoint and the client; of fixed length, so that the boundary is unambiguous
     */
    static TokenHash of(byte[] configuration, String token) {
        byte[] text = token.getBytes(StandardCharsets.UTF_8);
        ByteBuffer both = ByteBuffer.allocate(configuration.length + text.length);
        ByteBuffer hash =
                ByteBuffer.wrap(Sha256.of(both.put(configuration).put(text).array()));
        return new TokenHash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    /** By hand: the platform's generated comparison of records keeps their class loader alive. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TokenHash hash
                && first == hash.first
                && second == hash.second
                && third == hash.third
                && fourth == hash.fourth;
    }

    /** A SHA-256 is distributed evenly already. */
    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "TokenHash[not shown]";
    }
}
