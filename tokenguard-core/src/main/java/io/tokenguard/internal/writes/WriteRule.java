package io.tokenguard.internal.writes;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Route;
import io.tokenguard.internal.bounds.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which requests happen once.
 *
 * @param methods the methods
 * @param pattern the paths, as in {@link Route}
 * @param life how long an answer is stored
 * @param isOptional whether requests without a key run unprotected
 */
public record WriteRule(Set<String> methods, String pattern, Duration life, boolean isOptional) {
    private static final String KEY = "write";
    private static final Set<String> USUAL = Set.of("POST", "PATCH");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "QUERY");
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final String FORM =
            "write '[METHODS] /path idempotent 24h', such as 'POST /orders idempotent 24h', and"
                    + " 'optional' behind it if requests without Idempotency-Key may run";

    /** Copies the methods. */
    public WriteRule {
        methods = Set.copyOf(methods);
    }

    /**
     * Reads a rule such as {@code POST /orders/** idempotent 24h}.
     *
     * @throws ConfigurationException if it is malformed
     */
    public static WriteRule parse(String text) {
        List<String> words = Arrays.stream(text.strip().split("\\s+", -1)).toList();
        int at = words.get(0).startsWith("/") ? 0 : 1;
        boolean isOptional = words.get(words.size() - 1).equals("optional");
        int expected = at + (isOptional ? 4 : 3);
        if (words.size() != expected || !words.get(at + 1).equals("idempotent")) {
            throw ConfigurationException.of(KEY, text, FORM);
        }
        AccessRequirement unused = AccessRequirement.open();
        Route place = at == 0 ? Route.of(words.get(0), unused) : Route.of(words.get(0), words.get(1), unused);
        return new WriteRule(
                at == 0 ? USUAL : unsafe(place.methods()), place.pattern(), life(words.get(at + 2)), isOptional);
    }

    private static Set<String> unsafe(Set<String> methods) {
        for (String method : methods) {
            if (SAFE.contains(method)) {
                throw ConfigurationException.of(KEY, method, "name methods that write, such as POST or PATCH");
            }
        }
        return methods;
    }

    private static Duration life(String text) {
        Duration life = Durations.read(KEY, text);
        if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
            throw ConfigurationException.of(KEY, text, "write a time between 1m and 31d");
        }
        return life;
    }

    /** As written in a rule, behind methods and path. */
    @Override
    public String toString() {
        return "idempotent " + Durations.write(life) + (isOptional ? " optional" : "");
    }
}
