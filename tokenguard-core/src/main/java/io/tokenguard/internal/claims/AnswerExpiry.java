package io.tokenguard.internal.claims;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an expiry that some servers write as text in their answers, although RFC 7662 §2.2 requires a number. */
final class AnswerExpiry {
    private static final String EXPIRY = "exp";
    private static final int MOST_DIGITS = 12;

    private AnswerExpiry() {}

    /** The same members, with an expiry of at most twelve digits as a number. */
    static Map<String, @Nullable Object> read(Map<String, @Nullable Object> members) {
        if (!(members.get(EXPIRY) instanceof String text) || !isDigits(text)) {
            return members;
        }
        Map<String, @Nullable Object> read = new LinkedHashMap<>(members);
        read.put(EXPIRY, Long.parseLong(text));
        return Collections.unmodifiableMap(read);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
