package io.tokenguard.internal.response;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Binding;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What strangers are told of requirements. What is on trial is no demand. */
final class Demands {
    private Demands() {}

    /** The scopes that are enough, in the order in which they are declared; of alternatives those of the first. */
    static List<String> scopes(AccessRequirement requirement) {
        return leading(requirement, AccessRequirement.Scope.class)
                .map(AccessRequirement.Scope::name)
                .distinct()
                .toList();
    }

    /**
     * The values of {@code acr}, in their order of preference: those that meet every demand, so that nobody is sent to log in
     * twice. Where none of those that are named does, all are told.
     */
    static List<String> acrValues(AccessRequirement requirement, List<String> weakestFirst) {
        List<AccessRequirement.Acr> demands =
                leading(requirement, AccessRequirement.Acr.class).toList();
        List<String> named = demands.stream()
                .flatMap(acr -> acr.values().stream())
                .distinct()
                .toList();
        List<String> enough = named.stream()
                .filter(value -> demands.stream().allMatch(acr -> acr.accepts(value, weakestFirst)))
                .toList();
        return enough.isEmpty() ? named : enough;
    }

    /** The least of the greatest ages, in seconds; empty where none is demanded. */
    static String maxAge(AccessRequirement requirement) {
        return leading(requirement, AccessRequirement.MaxAge.class)
                .map(AccessRequirement.MaxAge::age)
                .min(Comparator.naturalOrder())
                .map(Duration::toSeconds)
                .map(String::valueOf)
                .orElse("");
    }

    /** Every scope that is demanded anywhere, in the order of the alphabet. */
    static List<String> everyScope(Collection<AccessRequirement> requirements) {
        return names(requirements, AccessRequirement.Scope.class, AccessRequirement.Scope::name);
    }

    /** Every type of authorization detail that is demanded anywhere, in the order of the alphabet. */
    static List<String> everyDetailType(Collection<AccessRequirement> requirements) {
        return names(requirements, AccessRequirement.Detail.class, AccessRequirement.Detail::type);
    }

    /** Whether whatever demands a token demands one that is bound this way, and at least one does. */
    static boolean alwaysDemand(Collection<AccessRequirement> requirements, Binding binding) {
        List<AccessRequirement> guarded = requirements.stream()
                .map(AccessRequirement::enforced)
                .filter(requirement -> !(requirement instanceof AccessRequirement.Open
                        || requirement instanceof AccessRequirement.Denied))
                .toList();
        return !guarded.isEmpty() && guarded.stream().allMatch(requirement -> demands(requirement, binding));
    }

    /** Whether a token that is bound to a certificate would do somewhere; it goes under the scheme Bearer (RFC 8705 §3). */
    static boolean takesCertificate(AccessRequirement requirement) {
        return singles(requirement, Long.MAX_VALUE)
                .anyMatch(single -> single instanceof AccessRequirement.Bound bound
                        && bound.bindings().contains(Binding.MTLS));
    }

    /** Whether a binding is demanded, and nowhere one to a certificate would do. */
    static boolean takesKeyOnly(AccessRequirement requirement) {
        return !takesCertificate(requirement)
                && singles(requirement, Long.MAX_VALUE).anyMatch(AccessRequirement.Bound.class::isInstance);
    }

    private static boolean demands(AccessRequirement requirement, Binding binding) {
        if (requirement instanceof AccessRequirement.All all) {
            return all.parts().stream().anyMatch(part -> demands(part, binding));
        }
        if (requirement instanceof AccessRequirement.Any any) {
            return any.alternatives().stream().allMatch(alternative -> demands(alternative, binding));
        }
        return requirement instanceof AccessRequirement.Bound bound
                && bound.bindings().equals(Set.of(binding));
    }

    private static <T extends AccessRequirement> List<String> names(
            Collection<AccessRequirement> requirements, Class<T> kind, Function<T, String> name) {
        return requirements.stream()
                .flatMap(requirement -> singles(requirement, Long.MAX_VALUE))
                .filter(kind::isInstance)
                .map(kind::cast)
                .map(name)
                .distinct()
                .sorted()
                .toList();
    }

    private static <T extends AccessRequirement> Stream<T> leading(AccessRequirement requirement, Class<T> kind) {
        return singles(requirement, 1).filter(kind::isInstance).map(kind::cast);
    }

    private static Stream<AccessRequirement> singles(AccessRequirement requirement, long mostAlternatives) {
        if (requirement instanceof AccessRequirement.All all) {
            return all.parts().stream().flatMap(part -> singles(part, mostAlternatives));
        }
        if (requirement instanceof AccessRequirement.Any any) {
            return any.alternatives().stream()
                    .limit(mostAlternatives)
                    .flatMap(alternative -> singles(alternative, mostAlternatives));
        }
        return requirement instanceof AccessRequirement.ReportOnly reported
                ? singles(reported.enforced(), mostAlternatives)
                : Stream.of(requirement);
    }
}
