package io.tokenguard.access;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Combines requirements in a canonical form, so that equivalent requirements are equal. */
final class Composition {
    private Composition() {}

    static AccessRequirement all(Stream<? extends AccessRequirement> parts) {
        return parts.map(AccessRequirement.class::cast)
                .reduce(Composition::both)
                .orElseGet(AccessRequirement::authenticated);
    }

    static AccessRequirement any(Stream<? extends AccessRequirement> alternatives) {
        return alternatives
                .map(AccessRequirement.class::cast)
                .reduce(Composition::either)
                .orElseGet(AccessRequirement::denied);
    }

    /** The opposite of conditions; empty if a part is no condition. Kleene's logic obeys De Morgan's laws. */
    static Optional<AccessRequirement> not(AccessRequirement requirement) {
        if (requirement instanceof ParsedCondition condition) {
            return Optional.of(condition.negated());
        }
        if (requirement instanceof AccessRequirement.All all) {
            return negated(all.parts()).map(parts -> any(parts.stream()));
        }
        return requirement instanceof AccessRequirement.Any any
                ? negated(any.alternatives()).map(parts -> all(parts.stream()))
                : Optional.empty();
    }

    private static Optional<List<AccessRequirement>> negated(List<AccessRequirement> members) {
        List<AccessRequirement> negated =
                members.stream().flatMap(member -> not(member).stream()).toList();
        return negated.isEmpty() || negated.size() < members.size() ? Optional.empty() : Optional.of(negated);
    }

    /** Sorts requirements that a new login can satisfy, then those that a scope can, to the end: a challenge names both. */
    static List<AccessRequirement> answerableLast(List<AccessRequirement> parts) {
        return parts.stream().sorted(Comparator.comparing(Composition::rank)).toList();
    }

    private static int rank(AccessRequirement part) {
        if (part instanceof AccessRequirement.Acr || part instanceof AccessRequirement.MaxAge) {
            return 1;
        }
        return isOfScope(part) ? 2 : 0;
    }

    /** Whether any part or alternative matches. Uses no stream, because it runs for each request. */
    static boolean contains(AccessRequirement requirement, Predicate<AccessRequirement> single) {
        if (requirement instanceof AccessRequirement.All all) {
            return oneContains(all.parts(), single);
        }
        if (requirement instanceof AccessRequirement.Any any) {
            return oneContains(any.alternatives(), single);
        }
        return single.test(requirement);
    }

    private static boolean oneContains(List<AccessRequirement> requirements, Predicate<AccessRequirement> single) {
        for (AccessRequirement requirement : requirements) {
            if (contains(requirement, single)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfScope(AccessRequirement part) {
        return part instanceof AccessRequirement.Scope
                || (part instanceof AccessRequirement.Any any
                        && any.alternatives().stream().allMatch(Composition::isOfScope));
    }

    private static AccessRequirement both(AccessRequirement one, AccessRequirement other) {
        if (isOnTrial(one, other)) {
            return both(one.enforced(), other.enforced()).reportOnly(both(tried(one), tried(other)));
        }
        if (one instanceof AccessRequirement.Open || other instanceof AccessRequirement.Denied) {
            return other;
        }
        if (other instanceof AccessRequirement.Open || one instanceof AccessRequirement.Denied) {
            return one;
        }
        return single(joined(one, other, Composition::parts), AccessRequirement.All::new);
    }

    private static AccessRequirement either(AccessRequirement one, AccessRequirement other) {
        if (isOnTrial(one, other)) {
            return either(one.enforced(), other.enforced()).reportOnly(either(tried(one), tried(other)));
        }
        if (one instanceof AccessRequirement.Open || other instanceof AccessRequirement.Denied) {
            return one;
        }
        if (other instanceof AccessRequirement.Open || one instanceof AccessRequirement.Denied) {
            return other;
        }
        return single(joined(one, other, Composition::alternatives), AccessRequirement.Any::new);
    }

    private static boolean isOnTrial(AccessRequirement one, AccessRequirement other) {
        return one instanceof AccessRequirement.ReportOnly || other instanceof AccessRequirement.ReportOnly;
    }

    private static AccessRequirement tried(AccessRequirement requirement) {
        return requirement.reportOnly().orElse(requirement);
    }

    private static List<AccessRequirement> joined(
            AccessRequirement one,
            AccessRequirement other,
            Function<AccessRequirement, List<AccessRequirement>> members) {
        return Stream.of(one, other)
                .flatMap(requirement -> members.apply(requirement).stream())
                .distinct()
                .toList();
    }

    private static List<AccessRequirement> parts(AccessRequirement requirement) {
        return requirement instanceof AccessRequirement.All all ? all.parts() : List.of(requirement);
    }

    private static List<AccessRequirement> alternatives(AccessRequirement requirement) {
        return requirement instanceof AccessRequirement.Any any ? any.alternatives() : List.of(requirement);
    }

    private static AccessRequirement single(
            List<AccessRequirement> members, Function<List<AccessRequirement>, AccessRequirement> composed) {
        return members.size() == 1 ? members.get(0) : composed.apply(members);
    }
}
