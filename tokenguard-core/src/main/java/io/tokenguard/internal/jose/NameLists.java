package io.tokenguard.internal.jose;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Caches the lists of names of JSON objects: almost all tokens of an issuer have the same one. Other objects can evict entries
 * and do nothing else. Bounded; thread-safe, without locks.
 */
public final class NameLists {
    private static final int PLACES = 64;

    private final AtomicReferenceArray<@Nullable NameList> places = new AtomicReferenceArray<>(PLACES);

    /** The list of the first names in an array. */
    NameList of(String[] names, int count) throws MalformedException {
        int hash = count;
        for (int i = 0; i < count; i++) {
            hash = hash * 31 + names[i].hashCode();
        }
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        NameList known = places.get(place);
        if (known != null && known.isStartOf(names, count)) {
            return known;
        }
        NameList fresh = NameList.of(Arrays.copyOf(names, count));
        places.set(place, fresh);
        return fresh;
    }
}
