package io.tokenguard.internal.authorization;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Requires a validated token to grant what the route requires. Names are compared exactly. Immutable. */
public final class AuthorizationCheck {
    /** The requirement of a request that matches no route: it is denied. */
    public static final AccessRequirement NO_ROUTE = new AccessRequirement.Denied(RefusalReason.NO_MATCHING_ROUTE);

    private final AuthorizationPolicy policy;
    private final Consumer<Throwable> failures;

    /**
     * A check.
     *
     * @param policy the declarations about scopes and authentication
     * @param failures receives what a rule of the application throws
     */
    public AuthorizationCheck(AuthorizationPolicy policy, Consumer<Throwable> failures) {
        this.policy = policy;
        this.failures = failures;
    }

    /**
     * Requires a request to satisfy a requirement. Requirements in report-only mode refuse nothing; a fresh introspection
     * answer was requested when the token was validated.
     *
     * @throws RefusedException with the first requirement that is not satisfied, or the first alternative's if none is; with
     *     {@link RefusalReason#RULE_FAILED} if a rule throws, whatever the other alternatives decide
     */
    public void require(AuthorizationRequest attempt, AccessRequirement requirement) throws RefusedException {
        if (requirement instanceof AccessRequirement.All all) {
            requireAll(attempt, all);
        } else if (requirement instanceof AccessRequirement.Any any) {
            requireOne(attempt, any);
        } else if (requirement instanceof AccessRequirement.ReportOnly reported) {
            require(attempt, reported.enforced());
        } else {
            requireSingle(attempt, requirement);
        }
    }

    private void requireAll(AuthorizationRequest attempt, AccessRequirement.All all) throws RefusedException {
        for (AccessRequirement part : all.parts()) {
            try {
                require(attempt, part);
            } catch (RefusedException refused) {
                throw part instanceof AccessRequirement.Scope
                        ? refused.explained(finding -> Shortfall.ofAll(finding, missingScopes(attempt, all)))
                        : refused;
            }
        }
    }

    private List<String> missingScopes(AuthorizationRequest attempt, AccessRequirement.All all) {
        return all.parts().stream()
                .filter(AccessRequirement.Scope.class::isInstance)
                .map(part -> ((AccessRequirement.Scope) part).name())
                .filter(scope ->
                        !policy.scopes().isGranted(scope, attempt.token().scopes()))
                .toList();
    }

    private void requireOne(AuthorizationRequest attempt, AccessRequirement.Any any) throws RefusedException {
        List<RefusedException> all = List.of();
        for (AccessRequirement alternative : any.alternatives()) {
            try {
                require(attempt, alternative);
                return;
            } catch (RefusedException refused) {
                if (refused.reason() == RefusalReason.RULE_FAILED) {
                    throw refused;
                }
                all = all.isEmpty() ? new ArrayList<>() : all;
                all.add(refused);
            }
        }
        throw all.isEmpty() ? new RefusedException(RefusalReason.ACCESS_DENIED) : Shortfall.ofEach(all);
    }

    private void requireSingle(AuthorizationRequest attempt, AccessRequirement requirement) throws RefusedException {
        if (!isMet(attempt, requirement)) {
            throw new Shortfall(attempt, policy).of(requirement);
        }
    }

    private boolean isMet(AuthorizationRequest attempt, AccessRequirement requirement) throws RefusedException {
        AccessToken token = attempt.token();
        if (requirement instanceof AccessRequirement.Scope scope) {
            return policy.scopes().isGranted(scope.name(), token.scopes());
        } else if (requirement instanceof AccessRequirement.Role role) {
            return token.hasRole(role.name());
        } else if (requirement instanceof AccessRequirement.Acr acr) {
            return AuthenticationCheck.isStrong(token, acr, policy.acrOrder());
        } else if (requirement instanceof AccessRequirement.MaxAge age) {
            return AuthenticationCheck.isRecent(attempt, age);
        } else if (requirement instanceof AccessRequirement.Bound bound) {
            return isBound(token, bound);
        } else if (requirement instanceof AccessRequirement.Detail detail) {
            return DetailCheck.isGranted(token, detail, policy.resource());
        } else if (requirement instanceof AccessRequirement.Rule rule) {
            return holds(rule, attempt);
        } else if (requirement instanceof AccessRequirement.Condition condition) {
            return condition.isMet(policy.conditions().facts(attempt));
        }
        return !(requirement instanceof AccessRequirement.Denied);
    }

    private static boolean isBound(AccessToken token, AccessRequirement.Bound bound) {
        return token.confirmation().bindings().stream().anyMatch(bound.bindings()::contains);
    }

    private boolean holds(AccessRequirement.Rule rule, AuthorizationRequest attempt) throws RefusedException {
        try {
            return rule.condition().test(attempt);
        } catch (RuntimeException | Error failure) {
            failures.accept(failure);
            throw new RefusedException(RefusalReason.RULE_FAILED, rule.name());
        }
    }
}
