package io.tokenguard.internal.introspection;

import io.tokenguard.internal.jose.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a token is known by: a SHA-256, so that nobody can make two of one name and none stays in memory.
 *
 * @param first 8 of the 32 bytes
 * @param second the next
 * @param third the next
 * @param fourth the last
 */
record TokenHash(long first, long second, long third, long fourth) {
    /**
     * Hashes a token.
     *
     * @param configuration whom it is asked of, and as whom: a hash itself, so that the boundary is clear
     */
    static TokenHash of(byte[] configuration, String token) {
        byte[] text = token.getBytes(StandardCharsets.UTF_8);
        ByteBuffer both = ByteBuffer.allocate(configuration.length + text.length);
        ByteBuffer hash =
                ByteBuffer.wrap(Sha256.of(both.put(configuration).put(text).array()));
        return new TokenHash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    /** By hand: what a platform generates to compare records keeps hold of their class loader. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TokenHash hash
                && first == hash.first
                && second == hash.second
                && third == hash.third
                && fourth == hash.fourth;
    }

    /** A hash is spread well already. */
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
