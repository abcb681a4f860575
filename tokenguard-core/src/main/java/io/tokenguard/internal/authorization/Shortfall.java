package io.tokenguard.internal.authorization;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a token lacks for a requirement that is not met.
 *
 * @param attempt the token and its request
 * @param policy what the user declares
 */
record Shortfall(AuthorizationRequest attempt, AuthorizationPolicy policy) {
    private static final String ROUTES = "tokenguard.routes";

    /** A finding about the first of some scopes that all have to be granted, with the others. */
    static Finding ofAll(Finding first, List<String> missing) {
        String expected = missing.stream().map(scope -> "scope " + scope).collect(Collectors.joining(" and "));
        return new Finding(first.found(), expected, first.settings(), first.hint());
    }

    /** The refusal of a request that meets none of some alternatives: the first one's, with what all of them expect. */
    static RefusedException ofEach(List<RefusedException> alternatives) {
        RefusedException first = alternatives.get(0);
        return alternatives.size() == 1 ? first : first.explained(unused -> joined(alternatives));
    }

    private static Finding joined(List<RefusedException> alternatives) {
        List<Finding> findings =
                alternatives.stream().map(RefusedException::finding).toList();
        return new Finding(
                joined(findings, Finding::found, ", "),
                joined(findings, Finding::expected, " or "),
                alternatives.stream()
                        .flatMap(refused -> settings(refused.reason()).stream())
                        .distinct()
                        .toList(),
                findings.get(0).hint());
    }

    /** The settings that decide about a requirement, as the guide to refusals has them. */
    static List<String> settings(RefusalReason reason) {
        return switch (reason) {
            case SCOPE_INSUFFICIENT -> List.of(ROUTES, "tokenguard.scope-claim", "tokenguard.scope-hierarchy");
            case ROLE_INSUFFICIENT -> List.of(ROUTES, "tokenguard.roles-claim");
            case DETAILS_INSUFFICIENT -> List.of(ROUTES, "tokenguard.resource.uri");
            case BINDING_INSUFFICIENT -> List.of(ROUTES, "tokenguard.dpop.mode", "tokenguard.mtls.mode");
            case STEP_UP_REQUIRED -> List.of(ROUTES, "tokenguard.acr-order");
            default -> List.of(ROUTES);
        };
    }

    private static String joined(List<Finding> findings, Function<Finding, String> part, String separator) {
        return findings.stream()
                .map(part)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(separator));
    }

    /** The refusal for a single requirement. */
    RefusedException of(AccessRequirement requirement) {
        AccessToken token = attempt.token();
        if (requirement instanceof AccessRequirement.Scope scope) {
            return new RefusedException(
                    RefusalReason.SCOPE_INSUFFICIENT, "", () -> missing("scope", scope.name(), token.scopes(), token));
        } else if (requirement instanceof AccessRequirement.Role role) {
            return new RefusedException(
                    RefusalReason.ROLE_INSUFFICIENT, "", () -> missing("role", role.name(), token.roles(), token));
        } else if (requirement instanceof AccessRequirement.Acr acr) {
            return new RefusedException(RefusalReason.STEP_UP_REQUIRED, "acr", () -> acr(acr));
        } else if (requirement instanceof AccessRequirement.MaxAge age) {
            return new RefusedException(RefusalReason.STEP_UP_REQUIRED, "auth_time", () -> age(age));
        } else if (requirement instanceof AccessRequirement.Bound bound) {
            return new RefusedException(
                    RefusalReason.BINDING_INSUFFICIENT,
                    "",
                    () -> Finding.of(
                            "bound by " + token.confirmation().bindings(), "bound by one of " + bound.bindings()));
        } else if (requirement instanceof AccessRequirement.Detail detail) {
            return new RefusedException(RefusalReason.DETAILS_INSUFFICIENT, detail.type(), () -> detail(detail));
        } else if (requirement instanceof AccessRequirement.Rule rule) {
            return new RefusedException(RefusalReason.POLICY_DENIED, rule.name());
        } else if (requirement instanceof AccessRequirement.Condition condition) {
            return new RefusedException(
                    RefusalReason.POLICY_DENIED,
                    condition.topic(),
                    () -> ConditionFindings.of(
                            "tokenguard.routes", condition, policy.conditions().facts(attempt), policy.conditions()));
        }
        return denied(requirement);
    }

    private RefusedException denied(AccessRequirement requirement) {
        String place = attempt.request().method() + " " + attempt.request().path();
        return requirement instanceof AccessRequirement.Denied denied && denied.reason() != RefusalReason.ACCESS_DENIED
                ? new RefusedException(
                        denied.reason(),
                        "",
                        () -> Finding.of(place, "a route that covers it, or an annotation of its handler"))
                : new RefusedException(
                        RefusalReason.ACCESS_DENIED, "", () -> Finding.of(place + ", which is closed", "nobody"));
    }

    private static Finding missing(String kind, String name, Collection<String> held, AccessToken token) {
        return Finding.of(kind + "s " + held.stream().sorted().toList(), kind + " " + name)
                .hint(HeldElsewhere.hint(kind, name, token));
    }

    private Finding acr(AccessRequirement.Acr demanded) {
        return Finding.of(claim("acr"), "one of " + demanded.values() + higher(demanded));
    }

    private String higher(AccessRequirement.Acr demanded) {
        List<String> order = policy.acrOrder();
        return demanded.values().stream().anyMatch(order::contains) ? ", or a stronger one of " + order : "";
    }

    private Finding age(AccessRequirement.MaxAge demanded) {
        return Finding.of(
                claim("auth_time") + " at " + attempt.now().getEpochSecond(),
                "an authentication at most " + demanded.age().toSeconds() + " s ago");
    }

    private String claim(String name) {
        @Nullable Object value = attempt.token().claims().get(name);
        boolean isShown = value instanceof String || value instanceof Number;
        return isShown ? name + " " + value : value == null ? "no " + name : name + " of another form";
    }

    private Finding detail(AccessRequirement.Detail demanded) {
        boolean hasAny = attempt.token().claims().get("authorization_details") instanceof List<?>;
        return Finding.of(
                hasAny ? "authorization_details without it" : "no authorization_details",
                "type " + demanded.type() + " with actions "
                        + demanded.actions().stream().sorted().toList()
                        + Optional.of(policy.resource().orElse(""))
                                .filter(text -> !text.isEmpty())
                                .map(address -> " at " + address)
                                .orElse(""));
    }
}
