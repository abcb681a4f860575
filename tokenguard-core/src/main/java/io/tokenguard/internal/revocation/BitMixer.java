package io.tokenguard.internal.revocation;

/**
 * Mixes the bits of a number reversibly, so that different inputs have different outputs.
 *
 * @param mask the bits of the number
 * @param half half as many bits as the number has
 */
record BitMixer(long mask, int half) {
    /** For numbers of 64 bits. */
    static final BitMixer WHOLE = new BitMixer(-1, 32);
    /** For numbers of 36 bits. */
    static final BitMixer SHORT = new BitMixer((1L << 36) - 1, 18);

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

    /** Its own inverse, as it changes only the lower half. */
    private long fold(long bits) {
        return bits ^ (bits >>> half);
    }

    /** The multiplicative inverse of an odd number (Newton's iteration doubles the number of correct bits). */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int right = 3; right < Long.SIZE; right *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
