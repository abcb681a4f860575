package io.tokenguard.internal.request;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the most specific matching rule for a request. Immutable. */
public final class RouteTable {
    private static final Comparator<PathPattern> BY_SPECIFICITY = PathPattern::compareSpecificity;

    private final List<Entry> entries;

    /**
     * A table.
     *
     * @param routes the rules, in any order
     * @throws ConfigurationException if two of them have different requirements for the same requests
     */
    public RouteTable(List<Route> routes) {
        this.entries = routes.stream()
                .map(route -> new Entry(PathPattern.of(route.pattern()), route))
                .sorted(Comparator.comparing(Entry::pattern, BY_SPECIFICITY)
                        .thenComparing(Entry::breadth)
                        .thenComparing(Entry::coversHeadByGet))
                .toList();
        entries.forEach(one -> entries.forEach(one::requireAgreement));
    }

    /**
     * The requirement for a request: that of the most specific rule, joined with that of each more specific rule for a path
     * that a framework could read this one as.
     *
     * @param method its method; HEAD counts as GET (RFC 9110 §9.3.2)
     * @param path its path as the container serves it; trailing slashes are ignored
     * @return the requirement; empty if no rule matches the request
     */
    public Optional<AccessRequirement> find(String method, String path) {
        return match(method, path).map(RouteMatch::requirement);
    }

    /** As {@link #find}, with the rule that decides. */
    public Optional<RouteMatch> match(String method, String path) {
        String normal = Route.normalPath(path);
        String unjoined = InvisibleCharacters.withoutJoiners(normal);
        List<Entry> near = List.of();
        for (int number = 0; number < entries.size(); number++) {
            Entry entry = entries.get(number);
            PathMatch match = entry.covers(method) ? entry.match(normal, unjoined) : PathMatch.NONE;
            if (match == PathMatch.EXACT) {
                return Optional.of(
                        new RouteMatch(number, near.isEmpty() ? entry.route.requirement() : entry.demandedWith(near)));
            }
            if (match == PathMatch.NEAR) {
                near = near.isEmpty() ? new ArrayList<>() : near;
                near.add(entry);
            }
        }
        return Optional.empty();
    }

    /**
     * Paths next to those of a rule that a resource may serve too, such as {@code /admin/x} beside {@code /admin}, and for
     * which a wider rule decides that requires less or something else; one for each pair of rules.
     */
    public List<RouteGap> gaps() {
        Map<List<Route>, RouteGap> gaps = new LinkedHashMap<>();
        for (Entry entry : entries) {
            for (String path : entry.neighbours()) {
                entry.route.methods().stream()
                        .sorted()
                        .flatMap(method -> firstCovering(method, path).stream())
                        .filter(wide -> wide.liesAround(entry) && wide.isWeakerThan(entry))
                        .map(wide -> new RouteGap(entry.route, wide.route, path))
                        .forEach(gap -> gaps.putIfAbsent(List.of(gap.narrow(), gap.wide()), gap));
            }
        }
        return List.copyOf(gaps.values());
    }

    /**
     * Methods that a rule for some methods leaves to a wider rule with a weaker or another requirement; one gap for each pair
     * of rules. Rules with the same pattern are deliberate, and no gap.
     */
    public List<MethodGap> methodGaps() {
        Map<List<Route>, Set<String>> gaps = new LinkedHashMap<>();
        for (Entry entry : entries) {
            String path = Route.normalPath(entry.pattern.example());
            Route.EVERY_METHOD.stream()
                    .filter(method -> !entry.covers(method))
                    .forEach(method -> firstCovering(method, path)
                            .filter(wide -> wide.pattern.compareSpecificity(entry.pattern) > 0)
                            .filter(wide -> wide.isWeakerThan(entry))
                            .ifPresent(wide -> gaps.computeIfAbsent(
                                            List.of(entry.route, wide.route), pair -> new TreeSet<>())
                                    .add(method)));
        }
        return gaps.entrySet().stream()
                .map(gap -> new MethodGap(gap.getKey().get(0), gap.getKey().get(1), gap.getValue()))
                .toList();
    }

    /** The rules' methods that are not registered (RFC 9110 §16.1.1), in their order. */
    public List<String> unregisteredMethods() {
        return entries.stream()
                .flatMap(entry -> entry.route.methods().stream())
                .filter(method -> !Route.REGISTERED_METHODS.contains(method))
                .distinct()
                .sorted()
                .toList();
    }

    /** The rules, the most specific first. */
    public List<Route> routes() {
        return entries.stream().map(Entry::route).toList();
    }

    /** The rules that never decide, because rules for fewer methods of the same paths cover all of their methods. */
    public List<Route> shadowed() {
        return entries.stream()
                .filter(entry -> entry.route.methods().stream()
                        .allMatch(method -> firstCovering(method, Route.normalPath(entry.pattern.example()))
                                .filter(first -> !first.equals(entry) && first.pattern.equals(entry.pattern))
                                .isPresent()))
                .map(Entry::route)
                .toList();
    }

    /**
     * The rules whose paths match a request, the most specific first, and what each of them does for it. For explanations;
     * {@link #find} decides.
     *
     * @param method the request's method
     * @param path as for {@link #find}
     */
    public List<RouteCandidate> candidates(String method, String path) {
        String normal = Route.normalPath(path);
        String unjoined = InvisibleCharacters.withoutJoiners(normal);
        Optional<Entry> winner = entries.stream()
                .filter(entry -> entry.covers(method) && entry.match(normal, unjoined) == PathMatch.EXACT)
                .findFirst();
        return entries.stream()
                .filter(entry -> entry.match(normal, unjoined) != PathMatch.NONE)
                .map(entry -> new RouteCandidate(entry.route, entry.effect(method, normal, unjoined, winner)))
                .toList();
    }

    private Optional<Entry> firstCovering(String method, String path) {
        return entries.stream()
                .filter(entry -> entry.covers(method) && entry.pattern.match(path) == PathMatch.EXACT)
                .findFirst();
    }

    /** The rules' requirements, the most specific rule first. */
    public List<AccessRequirement> requirements() {
        return requirementsExcept(List.of());
    }

    /** The requirements of all rules but some, the most specific rule first. */
    public List<AccessRequirement> requirementsExcept(List<Route> others) {
        return entries.stream()
                .map(Entry::route)
                .filter(route -> !others.contains(route))
                .map(Route::requirement)
                .toList();
    }

    private record Entry(PathPattern pattern, Route route) {
        boolean covers(String method) {
            return route.methods().contains(method)
                    || (method.equals("HEAD") && route.methods().contains("GET"));
        }

        /** A reader may drop the joiners of a path; the same text if there are none. */
        @SuppressWarnings("ReferenceEquality")
        PathMatch match(String path, String unjoined) {
            PathMatch match = pattern.match(path);
            boolean isNear = match == PathMatch.NONE && path != unjoined && pattern.match(unjoined) != PathMatch.NONE;
            return isNear ? PathMatch.NEAR : match;
        }

        /** A rule that names HEAD itself precedes one that matches it by GET. */
        boolean coversHeadByGet() {
            return route.methods().contains("GET") && !route.methods().contains("HEAD");
        }

        /** Adds the requirements of more specific rules only: this rule names the path as it is spelled. */
        AccessRequirement demandedWith(List<Entry> near) {
            return near.stream()
                    .filter(other -> other.pattern.compareSpecificity(pattern) < 0)
                    .map(other -> other.route.requirement())
                    .reduce(AccessRequirement::and)
                    .map(demanded -> demanded.and(route.requirement()))
                    .orElse(route.requirement());
        }

        /** The path below, and, if the last segment may be any name, the path without it. */
        List<String> neighbours() {
            if (pattern.isOpenEnded() || pattern.isRoot()) {
                return List.of();
            }
            String own = pattern.example();
            String below = own + "/" + PathPattern.UNNAMED;
            return pattern.endsWithAny()
                    ? List.of(below, Route.normalPath(own.substring(0, own.lastIndexOf('/') + 1)))
                    : List.of(below);
        }

        RouteCandidate.Effect effect(String method, String path, String unjoined, Optional<Entry> winner) {
            if (!covers(method)) {
                return RouteCandidate.Effect.OTHER_METHODS;
            }
            if (winner.filter(this::equals).isPresent()) {
                return RouteCandidate.Effect.DECIDES;
            }
            boolean isAdded = match(path, unjoined) == PathMatch.NEAR
                    && winner.filter(decides -> pattern.compareSpecificity(decides.pattern) < 0)
                            .isPresent();
            return isAdded ? RouteCandidate.Effect.ADDS : RouteCandidate.Effect.LESS_SPECIFIC;
        }

        boolean liesAround(Entry narrow) {
            return pattern.hasWildcard() && pattern.match(narrow.pattern.example()) == PathMatch.EXACT;
        }

        boolean isWeakerThan(Entry narrow) {
            return !Strictness.implies(route.requirement(), narrow.route.requirement());
        }

        /** A rule for fewer methods is more specific. */
        int breadth() {
            return route.methods().size();
        }

        void requireAgreement(Entry other) {
            if (route.contradicts(other.route)) {
                throw ConfigurationException.of(
                        "route",
                        route.pattern(),
                        "two rules for this path and the same methods have different requirements (a slash at the end makes"
                                + " no difference); keep one of them");
            }
        }
    }
}
