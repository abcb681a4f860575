package io.tokenguard.cli;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.limits.LimitNames;
import io.tokenguard.internal.limits.LimitRule;
import io.tokenguard.internal.request.LimitTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rate limits of a configuration, with their keys.
 *
 * @param limits the limits, in the order of their keys
 */
record NamedLimits(List<Named> limits) {
    private static final String OF_ANY = "any but OPTIONS";
    private static final String PREFIX = "tokenguard.limits.";

    /**
     * The limits of one property.
     *
     * @param row the property as texts
     * @param table finds them
     */
    private record Named(NamedRoutes.Row row, LimitTable table) {
        static Named of(String key, String text) {
            LimitRule rule = LimitRule.parse(text);
            String methods = text.strip().startsWith("/") ? OF_ANY : String.join(",", new TreeSet<>(rule.methods()));
            NamedRoutes.Row row = new NamedRoutes.Row(methods, rule.pattern(), NamedRoutes.wordsAfterPath(text), key);
            return new Named(row, new LimitTable(LimitNames.complete(List.of(rule))));
        }

        boolean counts(Question.Target target) {
            return !table.find(IncomingRequest.builder(
                                    target.method(), target.path().split("\\?", -1)[0])
                            .build())
                    .isEmpty();
        }
    }

    /**
     * Reads the limits.
     *
     * @throws ConfigurationException if one is wrong
     */
    static NamedLimits of(Configuration configuration) {
        List<Named> limits = new ArrayList<>();
        new TreeMap<>(configuration.properties()).forEach((key, text) -> {
            if (key.startsWith(PREFIX)) {
                limits.add(Named.of(key, text));
            }
        });
        return new NamedLimits(limits);
    }

    /** Those that count a request, if it is granted. */
    NamedLimits of(Question.Target target) {
        return new NamedLimits(
                limits.stream().filter(limit -> limit.counts(target)).toList());
    }

    boolean isEmpty() {
        return limits.isEmpty();
    }

    List<Map<String, Object>> json() {
        return limits.stream()
                .map(limit -> {
                    Map<String, Object> json = new LinkedHashMap<>(limit.row().json());
                    json.put("limit", json.remove("requirement"));
                    return json;
                })
                .toList();
    }

    List<String> lines() {
        return limits.stream().map(limit -> limit.row().line()).toList();
    }

    /** In one line: what is counted, and the keys. */
    String words() {
        return limits.stream()
                .map(limit -> limit.row().requirement() + " (" + limit.row().key() + ")")
                .collect(Collectors.joining(", "));
    }
}
