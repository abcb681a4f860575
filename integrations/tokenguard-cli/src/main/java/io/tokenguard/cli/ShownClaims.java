package io.tokenguard.cli;

import io.tokenguard.internal.audit.SafeText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Claims for people: cut, escaped, with times in words. Values that look like tokens are not shown.
 *
 * @param clock the time that others are compared with
 */
record ShownClaims(Clock clock) {
    private static final Set<String> TIMES = Set.of("exp", "nbf", "iat", "auth_time", "updated_at");
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]*\\.[A-Za-z0-9_.-]+");
    private static final Set<String> KEYS = Set.of("jwk", "x5c", "epk", "k", "d");
    private static final int MOST_CHARACTERS = 500;
    private static final long LATEST_SECOND = 253_402_300_799L;

    /** The members by name. */
    Map<String, String> texts(Map<String, @Nullable Object> members) {
        Map<String, String> texts = new LinkedHashMap<>();
        members.forEach((name, value) -> texts.put(SafeText.value(name), text(name, value)));
        return texts;
    }

    /** One line per member. */
    List<String> lines(Map<String, @Nullable Object> members) {
        Map<String, String> texts = texts(members);
        int width = texts.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        texts.forEach((name, text) -> lines.add("  " + name + " ".repeat(width - name.length() + 2) + text));
        return lines;
    }

    private String text(String name, @Nullable Object value) {
        if (KEYS.contains(name)) {
            return "(a key, not shown)";
        }
        if (TIMES.contains(name)
                && value instanceof Number seconds
                && seconds.longValue() >= 0
                && seconds.longValue() <= LATEST_SECOND) {
            return time(Instant.ofEpochSecond(seconds.longValue()));
        }
        String shown = value instanceof String text ? SafeText.finding(text) : cut(JsonText.of(value));
        return TOKEN.matcher(shown).find() ? "(contains a token, not shown)" : shown;
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }

    /** A time with its distance, such as {@code 2026-01-01T00:00:00Z (5 min ago)}. */
    String time(Instant time) {
        Duration ahead = Duration.between(clock.instant(), time);
        String words = words(ahead.abs());
        return time + (ahead.isNegative() ? " (" + words + " ago)" : " (in " + words + ")");
    }

    private static String words(Duration span) {
        if (span.toDays() > 1) {
            return span.toDays() + " days";
        }
        if (span.toHours() > 1) {
            return span.toHours() + " h " + span.toMinutesPart() + " min";
        }
        return span.toMinutes() > 1
                ? span.toMinutes() + " min " + span.toSecondsPart() + " s"
                : span.toSeconds() + " s";
    }
}
