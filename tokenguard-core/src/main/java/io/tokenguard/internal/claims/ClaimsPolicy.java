package io.tokenguard.internal.claims;

import java.util.List;
import java.util.Set;

/**
 * What the claims of one issuer's tokens have to say.
 *
 * @param issuer the issuer, to the letter
 * @param audiences the names of this API, of which a token must carry one
 * @param shape how its access tokens look
 * @param scopeClaim the path to the scopes
 * @param rolesClaim the path to the roles; empty where roles are not read
 */
public record ClaimsPolicy(
        String issuer, Set<String> audiences, TokenShape shape, List<String> scopeClaim, List<String> rolesClaim) {
    /** Copies the collections. */
    public ClaimsPolicy {
        audiences = Set.copyOf(audiences);
        scopeClaim = List.copyOf(scopeClaim);
        rolesClaim = List.copyOf(rolesClaim);
    }
}
