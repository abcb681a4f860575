package io.tokenguard.access;

import io.tokenguard.access.Confirmation.Binding;
import java.util.List;
import java.util.stream.Collectors;

/** Writes requirements in the notation of rules. */
final class RequirementNotation {
    private RequirementNotation() {}

    static String of(AccessRequirement requirement) {
        if (requirement instanceof AccessRequirement.ReportOnly reported) {
            return of(reported.enforced()) + " report-only " + of(reported.candidate());
        }
        if (requirement instanceof AccessRequirement.Any any) {
            return joined(any.alternatives(), " or ");
        }
        if (requirement instanceof AccessRequirement.All all) {
            return all.parts().isEmpty()
                    ? "authenticated"
                    : all.parts().stream()
                            .map(part -> part instanceof AccessRequirement.Any ? "(" + of(part) + ")" : of(part))
                            .collect(Collectors.joining(" "));
        }
        return single(requirement);
    }

    private static String joined(List<AccessRequirement> alternatives, String word) {
        return alternatives.isEmpty()
                ? "deny"
                : alternatives.stream().map(RequirementNotation::of).collect(Collectors.joining(word));
    }

    private static String single(AccessRequirement requirement) {
        if (requirement instanceof AccessRequirement.Scope scope) {
            return "scope " + RuleWords.quoted(scope.name());
        } else if (requirement instanceof AccessRequirement.Role role) {
            return "role " + RuleWords.quoted(role.name());
        } else if (requirement instanceof AccessRequirement.Acr acr) {
            return "acr " + acr.values().stream().map(RuleWords::quoted).collect(Collectors.joining(","));
        } else if (requirement instanceof AccessRequirement.MaxAge age) {
            return "max-age " + age.age().toSeconds();
        } else if (requirement instanceof AccessRequirement.Bound bound) {
            return bound(bound);
        } else if (requirement instanceof ParsedCondition condition) {
            return condition.text();
        } else if (requirement instanceof AccessRequirement.Rule rule) {
            return "rule " + RuleWords.quoted(rule.name());
        } else if (requirement instanceof AccessRequirement.Detail detail) {
            return "detail " + RuleWords.quoted(detail.type());
        } else if (requirement instanceof AccessRequirement.FreshIntrospection) {
            return "fresh";
        }
        return requirement instanceof AccessRequirement.Open ? "public" : "deny";
    }

    private static String bound(AccessRequirement.Bound bound) {
        if (bound.bindings().size() > 1) {
            return "bound";
        }
        return bound.bindings().contains(Binding.DPOP) ? "dpop" : "mtls";
    }
}
