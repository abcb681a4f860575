package io.tokenguard.console;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Counts as text, as they are stored: an encoded form, such as {@code totals+granted=5&totals+refused=1}. */
final class RollUpText {
    /** What a store accepts. */
    private static final int LONGEST = 16_000;

    private static final int MOST_SERIES = 1_000;

    private RollUpText() {}

    /** The counts as text. The smallest are left out if it would be longer than 16 000 characters. */
    static String of(Map<Series, Integer> counts) {
        StringBuilder text = new StringBuilder();
        List<Map.Entry<Series, Integer>> ordered = counts.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Series, Integer> entry) ->
                                entry.getKey().group() != Group.TOTALS)
                        .thenComparing(entry -> -entry.getValue()))
                .toList();
        for (Map.Entry<Series, Integer> entry : ordered) {
            String part = URLEncoder.encode(entry.getKey().text(), StandardCharsets.UTF_8) + '=' + entry.getValue();
            if (text.length() + 1 + part.length() <= LONGEST) {
                text.append(text.isEmpty() ? "" : "&").append(part);
            }
        }
        return text.toString();
    }

    /** Adds the counts of a text to others. What is malformed is left out. */
    static void addTo(Map<Series, Long> counts, String text) {
        String[] parts = text.split("&", MOST_SERIES);
        for (String part : parts) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                add(counts, part.substring(0, equals), part.substring(equals + 1));
            }
        }
    }

    private static void add(Map<Series, Long> counts, String name, String number) {
        try {
            long count = Integer.parseInt(number);
            Series.parse(URLDecoder.decode(name, StandardCharsets.UTF_8))
                    .filter(series -> count > 0)
                    .ifPresent(
                            series -> counts.merge(series, count, (one, other) -> (long) series.together(one, other)));
        } catch (IllegalArgumentException malformed) {
            // Written by another version, or damaged: the other counts are still of use.
        }
    }
}
