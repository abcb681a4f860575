package io.tokenguard.internal.revocation;

/**
 * Spreads the bits of a number over all of its bits, so that no two inputs have the same output. Can be undone.
 *
 * @param mask the bits of the number
 * @param half half as many bits as the number has
 */
record BitMixer(long mask, int half) {
    /** For numbers of 64 bits. */
    static final BitMixer WHOLE = new BitMixer(-1, 32);
    /** For numbers of 52 bits. */
    static final BitMixer SHORT = new BitMixer((1L << 52) - 1, 26);

    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xD6E8FEB86659FD93L;
    private static final long FIRST_UNDONE = inverse(FIRST);
    private static final long SECOND_UNDONE = inverse(SECOND);

    long mix(long bits) {
        return fold(fold(bits * FIRST & mask) * SECOND & mask);
    }

    long undo(long mixed) {
        return fold(fold(mixed) * SECOND_UNDONE & mask) * FIRST_UNDONE & mask;
    }

    /** Undoes itself, as the lower half is all that it changes. */
    private long fold(long bits) {
        return bits ^ (bits >>> half);
    }

    /** What an odd number has to be multiplied by to make 1 (Newton's iteration doubles the bits that are right). */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int right = 3; right < Long.SIZE; right *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
