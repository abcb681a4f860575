package io.tokenguard.internal.feeds;

import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.claims.ClaimReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Casts JSON values to objects. */
final class JsonObjects {
    private JsonObjects() {}

    @SuppressWarnings("unchecked") // JSON objects are the only maps, and member names are strings
    static Map<String, @Nullable Object> of(@Nullable Object value, String claim) throws RefusedException {
        if (value instanceof Map<?, ?> object) {
            return (Map<String, @Nullable Object>) object;
        }
        throw ClaimReader.malformed(claim);
    }

    static Map<String, Map<String, @Nullable Object>> ofObjects(@Nullable Object value, String claim)
            throws RefusedException {
        Map<String, Map<String, @Nullable Object>> objects = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> member : of(value, claim).entrySet()) {
            objects.put(member.getKey(), of(member.getValue(), claim));
        }
        if (objects.isEmpty()) {
            throw ClaimReader.malformed(claim);
        }
        return objects;
    }
}
