package io.tokenguard.internal.status;

import java.util.OptionalInt;

/**
 * The statuses of many tokens (Token Status List §4.1).
 *
 * @param bits how many bits a status has: 1, 2, 4 or 8
 * @param statuses the statuses, the first in the lowest bits of the first byte
 */
@SuppressWarnings("ArrayRecordComponent") // created once, never changed or passed on
record StatusList(int bits, byte[] statuses) {
    /** The status at an index; empty if the list is shorter. */
    OptionalInt at(long index) {
        int each = Byte.SIZE / bits;
        if (index / each >= statuses.length) {
            return OptionalInt.empty();
        }
        int octet = statuses[(int) (index / each)] & 0xFF;
        int shift = (int) (index % each) * bits;
        return OptionalInt.of(octet >> shift & (1 << bits) - 1);
    }
}
