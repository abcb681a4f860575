package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Route;
import io.tokenguard.internal.writes.WriteRule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the rule of a request that happens once: the most specific one that matches. Immutable. */
public final class WriteTable {
    private final List<Entry> entries;

    /**
     * A table.
     *
     * @param rules the rules, in any order
     */
    public WriteTable(List<WriteRule> rules) {
        entries = rules.stream()
                .map(rule -> new Entry(PathPattern.of(rule.pattern()), rule))
                .sorted(Comparator.comparing(Entry::pattern, PathPattern::compareSpecificity))
                .toList();
    }

    private record Entry(PathPattern pattern, WriteRule rule) {}

    /** Whether there are no rules. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The rule of a request. A path that a framework may read as one of a rule matches it too. */
    public Optional<WriteRule> find(IncomingRequest request) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        String path = Route.normalPath(withoutParameters(request.path()));
        return entries.stream()
                .filter(entry -> entry.rule.methods().contains(request.method()))
                .filter(entry -> entry.pattern.match(path) != PathMatch.NONE)
                .map(Entry::rule)
                .findFirst();
    }

    /** Some frameworks ignore path parameters when they select a resource. */
    private static String withoutParameters(String path) {
        StringBuilder plain = new StringBuilder(path);
        for (int at = plain.indexOf(";"); at >= 0; at = plain.indexOf(";", at)) {
            int slash = plain.indexOf("/", at);
            plain.delete(at, slash < 0 ? plain.length() : slash);
        }
        return plain.toString();
    }
}
