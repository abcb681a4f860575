package io.tokenguard.internal.claims;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads dates that some servers write as text in their answers, although RFC 7662 §2.2 requires numbers. */
final class AnswerDates {
    private static final List<String> DATES = List.of("exp", "nbf", "iat");
    private static final int MOST_DIGITS = 12;

    private AnswerDates() {}

    /** The same members, with dates of at most twelve digits as numbers. */
    static Map<String, @Nullable Object> read(Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        for (String name : DATES) {
            if (members.get(name) instanceof String text && isDigits(text)) {
                read.put(name, Long.parseLong(text));
            }
        }
        if (read.isEmpty()) {
            return members;
        }
        members.forEach(read::putIfAbsent);
        return Collections.unmodifiableMap(read);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
