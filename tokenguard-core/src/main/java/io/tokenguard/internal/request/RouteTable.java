package io.tokenguard.internal.request;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Route;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the rule for a request: of those that match, the most specific. Immutable. */
public final class RouteTable {
    private static final Comparator<PathPattern> BY_SPECIFICITY = PathPattern::compareSpecificity;

    private final List<Entry> entries;

    /**
     * A table.
     *
     * @param routes the rules, in any order
     * @throws ConfigurationException if two of them say different things about the same requests
     */
    public RouteTable(List<Route> routes) {
        this.entries = routes.stream()
                .map(route -> new Entry(PathPattern.of(route.pattern()), route))
                .sorted(Comparator.comparing(Entry::pattern, BY_SPECIFICITY).thenComparing(Entry::breadth))
                .toList();
        entries.forEach(one -> entries.forEach(one::requireAgreement));
    }

    /**
     * What a request has to bring.
     *
     * @param method its method; HEAD is judged as GET (RFC 9110 §9.3.2)
     * @param path its path as the container serves it
     * @return the requirement of the most specific rule; empty where no rule covers the request
     */
    public Optional<AccessRequirement> find(String method, String path) {
        for (Entry entry : entries) {
            if (entry.covers(method) && entry.pattern.matches(path)) {
                return Optional.of(entry.route.requirement());
            }
        }
        return Optional.empty();
    }

    /** What the rules demand, the most specific one first. */
    public List<AccessRequirement> requirements() {
        return entries.stream().map(entry -> entry.route.requirement()).toList();
    }

    private record Entry(PathPattern pattern, Route route) {
        boolean covers(String method) {
            return route.methods().contains(method)
                    || (method.equals("HEAD") && route.methods().contains("GET"));
        }

        /** A rule for fewer methods is the more specific one. */
        int breadth() {
            return route.methods().size();
        }

        void requireAgreement(Entry other) {
            boolean competes = pattern.equals(other.pattern)
                    && breadth() == other.breadth()
                    && route.methods().stream().anyMatch(other.route.methods()::contains);
            if (competes && !route.requirement().equals(other.route.requirement())) {
                throw ConfigurationException.of(
                        "route",
                        route.pattern(),
                        "two rules demand different things for the same methods of it; keep one of them");
            }
        }
    }
}
