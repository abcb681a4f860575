package io.tokenguard.internal.response;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Confirmation.Binding;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The parts of requirements that challenges name. Ignores requirements in report-only mode. */
final class Demands {
    private Demands() {}

    /** The scopes that are enough, in the order in which they are declared. A challenge names the first alternative. */
    static List<String> scopes(AccessRequirement requirement) {
        return leading(requirement, AccessRequirement.Scope.class)
                .map(AccessRequirement.Scope::name)
                .distinct()
                .toList();
    }

    /**
     * The values of {@code acr} that satisfy every part, in their order of preference, so that no user has to log in twice.
     * If none does, all values.
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

    /** The least of the greatest ages, in seconds; empty if none is required. */
    static String maxAge(AccessRequirement requirement) {
        return leading(requirement, AccessRequirement.MaxAge.class)
                .map(AccessRequirement.MaxAge::age)
                .min(Comparator.naturalOrder())
                .map(Duration::toSeconds)
                .map(String::valueOf)
                .orElse("");
    }

    /** Every scope that any requirement contains, in alphabetical order. */
    static List<String> everyScope(Collection<AccessRequirement> requirements) {
        return names(requirements, AccessRequirement.Scope.class, AccessRequirement.Scope::name);
    }

    /** Every type of authorization detail that any requirement contains, in alphabetical order. */
    static List<String> everyDetailType(Collection<AccessRequirement> requirements) {
        return names(requirements, AccessRequirement.Detail.class, AccessRequirement.Detail::type);
    }

    /** Whether at least one requirement needs a token, and all that do require this binding. */
    static boolean alwaysDemand(Collection<AccessRequirement> requirements, Binding binding) {
        List<AccessRequirement> guarded = requirements.stream()
                .map(AccessRequirement::enforced)
                .filter(requirement -> !(requirement instanceof AccessRequirement.Open
                        || requirement instanceof AccessRequirement.Denied))
                .toList();
        return !guarded.isEmpty() && guarded.stream().allMatch(requirement -> demands(requirement, binding));
    }

    /** Whether a certificate-bound token would be accepted; it uses the scheme Bearer (RFC 8705 §3). */
    static boolean takesCertificate(AccessRequirement requirement) {
        return singles(requirement, Long.MAX_VALUE)
                .anyMatch(single -> single instanceof AccessRequirement.Bound bound
                        && bound.bindings().contains(Binding.MTLS));
    }

    /** Whether a binding is required, and a certificate is never enough. */
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
