package io.tokenguard.internal.cache;

import java.nio.ByteBuffer;

/**
 * A SHA-256 in four numbers.
 *
 * @param part0 its first 8 bytes
 * @param part1 the next
 * @param part2 the next
 * @param part3 its last 8 bytes
 */
record SuffixHash(long part0, long part1, long part2, long part3) {
    private static final int SECOND = 8;
    private static final int THIRD = 16;
    private static final int FOURTH = 24;

    static SuffixHash of(ByteBuffer bytes) {
        return new SuffixHash(bytes.getLong(0), bytes.getLong(SECOND), bytes.getLong(THIRD), bytes.getLong(FOURTH));
    }

    /** Whether these are the bytes of the hash; in constant time. */
    boolean isOf(ByteBuffer bytes) {
        long different = (bytes.getLong(0) ^ part0)
                | (bytes.getLong(SECOND) ^ part1)
                | (bytes.getLong(THIRD) ^ part2)
                | (bytes.getLong(FOURTH) ^ part3);
        return different == 0;
    }
}
