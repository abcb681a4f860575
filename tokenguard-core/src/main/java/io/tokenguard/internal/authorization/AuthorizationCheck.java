package io.tokenguard.internal.authorization;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Requires a good token to grant what the route demands (RFC 6750 §3.1). Names are compared to the letter. */
public final class AuthorizationCheck {
    private AuthorizationCheck() {}

    /**
     * Requires a token to suffice.
     *
     * @throws RefusedException if a scope or a role is lacking, or no token would do
     */
    public static void require(AccessToken token, AccessRequirement requirement) throws RefusedException {
        if (requirement instanceof AccessRequirement.Denied denied) {
            throw new RefusedException(denied.reason());
        }
        if (requirement instanceof AccessRequirement.Token demands) {
            requireGrant(token, demands);
        }
    }

    private static void requireGrant(AccessToken token, AccessRequirement.Token requirement) throws RefusedException {
        boolean grantsScopes = token.scopes().containsAll(requirement.allScopes());
        if (!grantsScopes || !hasOneOfEach(token.scopes(), requirement.anyScopes())) {
            throw new RefusedException(RefusalReason.SCOPE_INSUFFICIENT);
        }
        if (!hasOneOfEach(token.roles(), requirement.anyRoles())) {
            throw new RefusedException(RefusalReason.ROLE_INSUFFICIENT);
        }
    }

    private static boolean hasOneOfEach(Set<String> held, List<Set<String>> groups) {
        return groups.stream().noneMatch(group -> Collections.disjoint(held, group));
    }
}
