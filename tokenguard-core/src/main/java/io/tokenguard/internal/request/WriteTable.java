package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
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
        RulePath path = RulePath.of(request);
        return entries.stream()
                .filter(entry -> entry.rule.methods().contains(request.method()))
                .filter(entry -> path.matches(entry.pattern()))
                .map(Entry::rule)
                .findFirst();
    }
}
