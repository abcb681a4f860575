package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Route;
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
    private static final char FIRST_BEYOND_ASCII = 0x80;

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

    private record Entry(PathPattern pattern, LimitRule rule) {
        /** A reader may drop the joiners of a path; the same text if there are none. */
        @SuppressWarnings("ReferenceEquality")
        boolean matches(String path, String unjoined) {
            return pattern.match(path) != PathMatch.NONE
                    || (path != unjoined && pattern.match(unjoined) != PathMatch.NONE);
        }
    }

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
        String normal = Route.normalPath(withoutParameters(request.path()));
        String unjoined = isAscii(normal) ? normal : InvisibleCharacters.withoutJoiners(normal);
        List<Charge> found = List.of();
        for (Entry entry : entries) {
            if (entry.rule().covers(request.method(), isPreflight) && entry.matches(normal, unjoined)) {
                found = found.isEmpty()
                        ? entry.rule().charges()
                        : joined(found, entry.rule().charges());
            }
        }
        return found;
    }

    private static boolean isAscii(String path) {
        int all = 0;
        for (int i = 0; i < path.length(); i++) {
            all |= path.charAt(i);
        }
        return all < FIRST_BEYOND_ASCII;
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

    /** Some frameworks ignore path parameters when they select a resource. */
    private static String withoutParameters(String path) {
        if (path.indexOf(';') < 0) {
            return path;
        }
        StringBuilder plain = new StringBuilder(path.length());
        boolean isParameter = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            isParameter = c == ';' || (isParameter && c != '/');
            if (!isParameter) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
