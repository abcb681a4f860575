package io.tokenguard.internal.claims;

import java.util.List;
import java.util.Set;

/**
 * What the claims of one issuer's tokens must contain.
 *
 * @param issuer the issuer, exactly as in {@code iss}
 * @param audiences the names of this API, of which a token must contain one
 * @param shape the claims of its access tokens
 * @param scopeClaim paths to the scopes
 * @param rolesClaim paths to the roles; empty if roles are not read
 * @param mayLack which of {@code iss}, {@code aud} and {@code exp} an introspection answer may omit (RFC 7662 §2.2)
 * @param isIssuerOpen whether an introspection answer may name any issuer
 */
public record ClaimsPolicy(
        String issuer,
        Set<String> audiences,
        TokenShape shape,
        List<String> scopeClaim,
        List<String> rolesClaim,
        Set<String> mayLack,
        boolean isIssuerOpen) {
    /** For tokens, which may omit nothing. */
    public ClaimsPolicy(
            String issuer, Set<String> audiences, TokenShape shape, List<String> scopeClaim, List<String> rolesClaim) {
        this(issuer, audiences, shape, scopeClaim, rolesClaim, Set.of(), false);
    }

    /** For introspection answers of the same issuer, in which only {@code active} is required (RFC 7662 §2.2). */
    public ClaimsPolicy forAnswers(
            Set<String> required, List<String> scopes, Set<String> lacking, boolean isForAnyIssuer) {
        return new ClaimsPolicy(
                issuer, audiences, shape.inAnswers(required), scopes, rolesClaim, lacking, isForAnyIssuer);
    }

    /** The same for another issuer. */
    public ClaimsPolicy of(String otherIssuer, TokenShape otherShape) {
        return new ClaimsPolicy(otherIssuer, audiences, otherShape, scopeClaim, rolesClaim, mayLack, isIssuerOpen);
    }

    /** Copies the collections. */
    public ClaimsPolicy {
        mayLack = Set.copyOf(mayLack);
        audiences = Set.copyOf(audiences);
        scopeClaim = List.copyOf(scopeClaim);
        rolesClaim = List.copyOf(rolesClaim);
    }
}
