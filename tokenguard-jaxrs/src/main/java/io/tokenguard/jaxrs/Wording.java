package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessRequirement;
import java.util.List;
import java.util.stream.Collectors;

/** Writes requirements in the notation of route rules, for people. */
final class Wording {
    private Wording() {}

    static String of(AccessRequirement requirement) {
        if (requirement instanceof AccessRequirement.Open) {
            return "public";
        }
        if (requirement instanceof AccessRequirement.Denied) {
            return "deny";
        }
        if (requirement instanceof AccessRequirement.All all) {
            return all.parts().isEmpty() ? "authenticated" : join(all.parts(), " and ");
        }
        if (requirement instanceof AccessRequirement.Any any) {
            return "(" + join(any.alternatives(), " or ") + ")";
        }
        return single(requirement);
    }

    private static String single(AccessRequirement requirement) {
        if (requirement instanceof AccessRequirement.Scope scope) {
            return "scope " + scope.name();
        }
        if (requirement instanceof AccessRequirement.Role role) {
            return "role " + role.name();
        }
        if (requirement instanceof AccessRequirement.Acr acr) {
            return "acr " + String.join(",", acr.values());
        }
        if (requirement instanceof AccessRequirement.MaxAge maxAge) {
            return "max-age " + maxAge.age().toSeconds();
        }
        if (requirement instanceof AccessRequirement.FreshIntrospection) {
            return "fresh";
        }
        return requirement instanceof AccessRequirement.Bound bound
                ? "bound " + bound.bindings()
                : requirement.notation();
    }

    private static String join(List<AccessRequirement> requirements, String word) {
        return requirements.stream().map(Wording::of).collect(Collectors.joining(word));
    }
}
