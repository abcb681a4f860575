package io.tokenguard.internal.response;

import io.tokenguard.access.AccessRequirement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a caller is told of a requirement: the demands that are enough to meet it, of alternatives those of the first. */
final class Demands {
    private Demands() {}

    /** The scopes, in the order in which they are declared. */
    static List<String> scopes(AccessRequirement requirement) {
        return of(requirement, AccessRequirement.Scope.class)
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
                of(requirement, AccessRequirement.Acr.class).toList();
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
        return of(requirement, AccessRequirement.MaxAge.class)
                .map(AccessRequirement.MaxAge::age)
                .min(Comparator.naturalOrder())
                .map(Duration::toSeconds)
                .map(String::valueOf)
                .orElse("");
    }

    private static <T extends AccessRequirement> Stream<T> of(AccessRequirement requirement, Class<T> kind) {
        return singles(requirement).filter(kind::isInstance).map(kind::cast);
    }

    private static Stream<AccessRequirement> singles(AccessRequirement requirement) {
        if (requirement instanceof AccessRequirement.All all) {
            return all.parts().stream().flatMap(Demands::singles);
        }
        if (requirement instanceof AccessRequirement.Any any) {
            return any.alternatives().stream().limit(1).flatMap(Demands::singles);
        }
        return requirement instanceof AccessRequirement.Reported reported
                ? singles(reported.enforced())
                : Stream.of(requirement);
    }
}
