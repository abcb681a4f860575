package io.tokenguard.internal.token;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Caches parsed headers: almost all tokens of an issuer have the same one. A parsed header depends only on its characters, so
 * tokens with other headers can evict entries and do nothing else. Bounded; thread-safe, without locks.
 */
final class HeaderMemory {
    private static final int PLACES = 32;
    private static final int LONGEST = 512;

    private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

    @SuppressWarnings("ArrayRecordComponent") // compared by hand, and never changed
    private record Known(byte[] characters, JoseHeader header) {}

    /** The parsed header in the first characters of a token; null if it is not cached. */
    @Nullable
    JoseHeader find(byte[] token, int length) {
        if (length > LONGEST) {
            return null;
        }
        Known known = places.get(place(token, length));
        boolean isSame = known != null
                && known.characters().length == length
                && Arrays.equals(known.characters(), 0, length, token, 0, length);
        return isSame ? known.header() : null;
    }

    void keep(byte[] token, int length, JoseHeader header) {
        if (length <= LONGEST) {
            places.set(place(token, length), new Known(Arrays.copyOf(token, length), header));
        }
    }

    /** Headers with different key IDs usually differ at their end. */
    private static int place(byte[] token, int length) {
        int mixed = length;
        for (int i = Math.max(0, length - 16); i < length; i++) {
            mixed = mixed * 31 + token[i];
        }
        return (mixed ^ mixed >>> 16) & (PLACES - 1);
    }
}
