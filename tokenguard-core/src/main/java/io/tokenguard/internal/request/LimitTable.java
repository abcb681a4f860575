package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.limits.Charge;
import io.tokenguard.internal.limits.Limit;
import io.tokenguard.internal.limits.LimitRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Finds the limits of a request: those of every rule that matches its method and path, and of every rule whose paths a
 * framework could read the path as. Of rules that share a limit, the most specific one decides what a request costs. Immutable.
 */
public final class LimitTable {
    private final List<Entry> entries;

    /**
     * A table.
     *
     * @param rules the rules, in any order; every limit has a name
     */
    public LimitTable(List<LimitRule> rules) {
        entries = rules.stream()
                .map(rule -> new Entry(PathPattern.of(rule.pattern()), rule))
                .sorted(Comparator.comparing(Entry::pattern, PathPattern::compareSpecificity))
                .toList();
    }

    private record Entry(PathPattern pattern, LimitRule rule) {}

    /** Whether there are no rules. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** All limits, each once. */
    public List<Limit> limits() {
        LinkedHashSet<Limit> limits = new LinkedHashSet<>();
        entries.forEach(entry -> entry.rule().charges().forEach(charge -> limits.add(charge.limit())));
        return List.copyOf(limits);
    }

    /** What a request costs. HEAD counts as GET. Trailing slashes and path parameters are ignored. */
    public List<Charge> find(IncomingRequest request) {
        boolean isPreflight = Preflight.isPreflight(request);
        RulePath path = RulePath.of(request);
        List<Charge> found = List.of();
        for (Entry entry : entries) {
            if (entry.rule().covers(request.method(), isPreflight) && path.matches(entry.pattern())) {
                found = found.isEmpty()
                        ? entry.rule().charges()
                        : joined(found, entry.rule().charges());
            }
        }
        return found;
    }

    private static List<Charge> joined(List<Charge> specific, List<Charge> wider) {
        List<Charge> all = new ArrayList<>(specific);
        for (Charge charge : wider) {
            if (specific.stream().noneMatch(known -> known.limit().equals(charge.limit()))) {
                all.add(charge);
            }
        }
        return all;
    }
}
