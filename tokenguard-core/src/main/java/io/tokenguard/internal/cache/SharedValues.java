package io.tokenguard.internal.cache;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Shares equal values among cached tokens: most tokens of an issuer have one of a few sets of scopes. Holds at most
 * {@value #PLACES} values; a new one takes the place of an older one. Thread-safe, without locks.
 *
 * @param <T> immutable values
 */
public final class SharedValues<T> {
    private static final int PLACES = 256;

    private final AtomicReferenceArray<@Nullable T> places = new AtomicReferenceArray<>(PLACES);

    /** The shared value that equals this one; null if there is none. */
    public @Nullable T find(T value) {
        T known = places.get(place(value));
        return value.equals(known) ? known : null;
    }

    /** Shares a value from now on. */
    public void add(T value) {
        places.set(place(value), value);
    }

    private int place(T value) {
        int mixed = value.hashCode() * 0x9E3779B9;
        return mixed >>> 24;
    }
}
