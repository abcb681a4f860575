package io.tokenguard.internal.cache;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Estimates the heap size of JSON values and immutable sets, in bytes, rather too high, with references of 4 bytes. */
public final class HeapSize {
    private static final int TEXT = 48;
    private static final int NUMBER = 24;
    private static final int COLLECTION = 80;
    private static final int SET = 24;
    private static final int MEMBER = 48;
    private static final int ITEM = 8;

    private HeapSize() {}

    /** The size of a value. */
    public static int of(@Nullable Object value) {
        if (value instanceof String text) {
            return TEXT + text.length();
        }
        if (value instanceof Map<?, ?> members) {
            int size = COLLECTION;
            for (Map.Entry<?, ?> member : members.entrySet()) {
                size += MEMBER + of(member.getKey()) + of(member.getValue());
            }
            return size;
        }
        if (value instanceof Collection<?> items) {
            int size = items instanceof Set<?> ? SET : COLLECTION;
            for (Object item : items) {
                size += ITEM + of(item);
            }
            return size;
        }
        return NUMBER;
    }
}
