package io.tokenguard.internal.keys;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Reads the header fields of an answer that are used. Malformed fields count as absent. */
final class ResponseFields {
    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(10);
    private static final int MOST_DIGITS = 9;
    private static final int LONGEST_TAG = 256;
    private static final int LONGEST_TYPE = 60;

    private ResponseFields() {}

    /** RFC 9110 §10.2.3: seconds or a date; at most ten minutes, zero if absent. */
    static Duration retryAfter(HttpHeaders headers, Clock clock) {
        return single(headers, "Retry-After")
                .map(text -> isNumber(text) ? Duration.ofSeconds(Long.parseLong(text)) : untilDate(text, clock))
                .map(wait -> wait.compareTo(LONGEST_PATIENCE) > 0 ? LONGEST_PATIENCE : wait)
                .filter(wait -> !wait.isNegative())
                .orElse(Duration.ZERO);
    }

    private static Duration untilDate(String text, Clock clock) {
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return Duration.between(clock.instant(), date);
        } catch (DateTimeException malformed) {
            return Duration.ZERO;
        }
    }

    /**
     * RFC 9111 §5.2.2.1; {@code no-store} and {@code no-cache} count as zero. If there are several directives, the shortest
     * counts (RFC 9111 §4.2.1 allows a choice).
     */
    static Optional<Duration> maxAge(HttpHeaders headers) {
        String directives = String.join(",", headers.allValues("Cache-Control")).toLowerCase(Locale.ROOT);
        return Arrays.stream(directives.split(",", -1))
                .map(directive -> maxAgeIn(directive.strip()))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private static Optional<Duration> maxAgeIn(String directive) {
        if (directive.equals("no-store") || directive.equals("no-cache")) {
            return Optional.of(Duration.ZERO);
        }
        String seconds = directive.startsWith("max-age=") ? directive.substring("max-age=".length()) : "";
        return isNumber(seconds) ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds))) : Optional.empty();
    }

    /** The media type without parameters (RFC 9110 §8.3); empty if there is none, or one that is not to be shown. */
    static String mediaType(HttpHeaders headers) {
        String stated = headers.firstValue("Content-Type").orElse("");
        int end = stated.indexOf(';');
        String type = (end < 0 ? stated : stated.substring(0, end)).strip();
        boolean isShown = type.length() <= LONGEST_TYPE && type.chars().allMatch(ResponseFields::isOfType);
        return isShown ? type : "";
    }

    private static boolean isOfType(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "/+-.".indexOf(c) >= 0;
    }

    /** RFC 9110 §8.8.3. */
    static String entityTag(HttpHeaders headers) {
        return single(headers, "ETag")
                .filter(tag -> tag.length() <= LONGEST_TAG && tag.endsWith("\"") && tag.indexOf('"') < tag.length() - 1)
                .orElse("");
    }

    private static Optional<String> single(HttpHeaders headers, String name) {
        return headers.allValues(name).size() == 1 ? headers.firstValue(name) : Optional.empty();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
