package io.tokenguard.cli;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.limits.LimitNames;
import io.tokenguard.internal.limits.LimitRule;
import io.tokenguard.internal.request.LimitTable;
import io.tokenguard.internal.request.WriteTable;
import io.tokenguard.internal.writes.WriteRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Rules of a configuration that apply to what is granted, with their keys.
 *
 * @param kind what they are, as the member of JSON that has their words
 * @param rules the rules, in the order of their keys
 */
record NamedRules(String kind, List<Named> rules) {
    private static final String OF_ANY = "any but OPTIONS";

    /**
     * The rule of one property.
     *
     * @param row the property as texts
     * @param applies whether it applies to a request
     */
    record Named(NamedRoutes.Row row, Predicate<IncomingRequest> applies) {}

    /**
     * Reads the rate limits: each that matches counts a request.
     *
     * @throws ConfigurationException if one is wrong
     */
    static NamedRules limits(Configuration configuration) {
        List<Named> limits = new ArrayList<>();
        properties(configuration, "tokenguard.limits.").forEach((key, text) -> {
            LimitRule rule = LimitRule.parse(text);
            LimitTable table = new LimitTable(LimitNames.complete(List.of(rule)));
            String methods = text.strip().startsWith("/") ? OF_ANY : String.join(",", new TreeSet<>(rule.methods()));
            limits.add(new Named(
                    row(methods, rule.pattern(), key, text),
                    request -> !table.find(request).isEmpty()));
        });
        return new NamedRules("limit", limits);
    }

    /**
     * Reads the rules of writes that happen once: the most specific one applies.
     *
     * @throws ConfigurationException if one is wrong
     */
    static NamedRules writes(Configuration configuration) {
        SortedMap<String, WriteRule> parsed = new TreeMap<>();
        SortedMap<String, String> texts = properties(configuration, "tokenguard.writes.");
        texts.forEach((key, text) -> parsed.put(key, WriteRule.parse(text)));
        WriteTable table = new WriteTable(List.copyOf(parsed.values()));
        List<Named> writes = new ArrayList<>();
        parsed.forEach((key, rule) -> writes.add(new Named(
                row(String.join(",", new TreeSet<>(rule.methods())), rule.pattern(), key, texts.getOrDefault(key, "")),
                request -> table.find(request).equals(Optional.of(rule)))));
        return new NamedRules("write", writes);
    }

    private static SortedMap<String, String> properties(Configuration configuration, String prefix) {
        SortedMap<String, String> found = new TreeMap<>(configuration.properties());
        found.keySet().removeIf(key -> !key.startsWith(prefix));
        return found;
    }

    private static NamedRoutes.Row row(String methods, String pattern, String key, String text) {
        return new NamedRoutes.Row(methods, pattern, NamedRoutes.wordsAfterPath(text), key);
    }

    /** Those that apply to a request, if it is granted. */
    NamedRules of(Question.Target target) {
        IncomingRequest request = IncomingRequest.builder(
                        target.method(), target.path().split("\\?", -1)[0])
                .build();
        return new NamedRules(
                kind,
                rules.stream().filter(rule -> rule.applies().test(request)).toList());
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    List<Map<String, Object>> json() {
        return rules.stream()
                .map(rule -> {
                    Map<String, Object> json = new LinkedHashMap<>(rule.row().json());
                    json.put(kind, json.remove("requirement"));
                    return json;
                })
                .toList();
    }

    List<String> lines() {
        return rules.stream().map(rule -> rule.row().line()).toList();
    }

    /** In one line: the rules, and their keys. */
    String words() {
        return rules.stream()
                .map(rule -> rule.row().requirement() + " (" + rule.row().key() + ")")
                .collect(Collectors.joining(", "));
    }
}
