package io.tokenguard.cli;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.limits.LimitRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rate limits of a configuration, with their keys.
 *
 * @param rows the limits, in the order of their keys
 */
record NamedLimits(List<NamedRoutes.Row> rows) {
    private static final String OF_ANY = "any but OPTIONS";
    private static final String PREFIX = "tokenguard.limits.";

    /**
     * Reads the limits.
     *
     * @throws ConfigurationException if one is wrong
     */
    static NamedLimits of(Configuration configuration) {
        List<NamedRoutes.Row> rows = new ArrayList<>();
        new TreeMap<>(configuration.properties()).forEach((key, text) -> {
            if (key.startsWith(PREFIX)) {
                LimitRule rule = LimitRule.parse(text);
                String methods =
                        text.strip().startsWith("/") ? OF_ANY : String.join(",", new TreeSet<>(rule.methods()));
                rows.add(new NamedRoutes.Row(methods, rule.pattern(), NamedRoutes.wordsAfterPath(text), key));
            }
        });
        return new NamedLimits(rows);
    }

    List<Map<String, Object>> json() {
        return rows.stream()
                .map(row -> {
                    Map<String, Object> json = new LinkedHashMap<>(row.json());
                    json.put("limit", json.remove("requirement"));
                    return json;
                })
                .toList();
    }

    List<String> lines() {
        return rows.stream().map(NamedRoutes.Row::line).toList();
    }
}
