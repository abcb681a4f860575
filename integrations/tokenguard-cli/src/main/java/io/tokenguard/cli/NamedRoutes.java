package io.tokenguard.cli;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Route;
import io.tokenguard.internal.request.RouteTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The routes of a configuration, with their keys.
 *
 * @param table the routes
 * @param keys the key of each
 * @param requirements the words of each after the path
 */
record NamedRoutes(RouteTable table, Map<Route, String> keys, Map<Route, String> requirements) {
    /** What is known about a request that no route covers. */
    static final String BY_ANNOTATIONS =
            "no route matches; not known here: annotations decide (Spring, Jakarta REST); the servlet"
                    + " filter alone denies the request";

    private static final String PREFIX = "tokenguard.routes.";

    /**
     * Reads the routes.
     *
     * @throws ConfigurationException if one is wrong, or two contradict each other
     */
    static NamedRoutes of(Configuration configuration) {
        Map<Route, String> keys = new LinkedHashMap<>();
        Map<Route, String> requirements = new LinkedHashMap<>();
        new TreeMap<>(configuration.properties()).forEach((key, text) -> {
            if (key.startsWith(PREFIX)) {
                Route route = Route.parse(text);
                keys.merge(route, key, (one, other) -> one + ", " + other);
                requirements.put(route, wordsAfterPath(text));
            }
        });
        return new NamedRoutes(new RouteTable(List.copyOf(keys.keySet())), keys, requirements);
    }

    static String wordsAfterPath(String rule) {
        return rule.strip().replaceFirst("^([A-Z,-]+\\s+)?/\\S*\\s+", "");
    }

    Row row(Route route) {
        String methods = route.methods().equals(Route.EVERY_METHOD)
                ? "any"
                : new TreeSet<>(route.methods()).stream().collect(Collectors.joining(","));
        return new Row(methods, route.pattern(), requirements.getOrDefault(route, ""), keys.getOrDefault(route, ""));
    }

    /**
     * A route as texts.
     *
     * @param methods the methods
     * @param path the pattern
     * @param requirement the requirement
     * @param key the property
     */
    record Row(String methods, String path, String requirement, String key) {
        static final Row TITLES = new Row("METHODS", "PATH", "REQUIREMENT", "KEY");

        String line() {
            return Step.padded(methods, 12) + Step.padded(path, 28) + Step.padded(requirement, 32) + key;
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("methods", List.of(methods.split(",", -1)));
            json.put("path", path);
            json.put("requirement", requirement);
            json.put("key", key);
            return json;
        }
    }
}
