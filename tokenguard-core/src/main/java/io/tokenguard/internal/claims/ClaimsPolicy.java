package io.tokenguard.internal.claims;

import java.util.List;
import java.util.Set;

/**
 * What the claims of one issuer's tokens have to say.
 *
 * @param issuer the issuer, to the letter
 * @param audiences the names of this API, of which a token must carry one
 * @param shape how its access tokens look
 * @param scopeClaim paths to the scopes
 * @param rolesClaim paths to the roles; empty where roles are not read
 * @param mayLack which of {@code iss}, {@code aud} and {@code exp} an answer of the issuer may lack (RFC 7662 §2.2)
 * @param isIssuerOpen whether whoever answers may speak for any issuer
 */
public record ClaimsPolicy(
        String issuer,
        Set<String> audiences,
        TokenShape shape,
        List<String> scopeClaim,
        List<String> rolesClaim,
        Set<String> mayLack,
        boolean isIssuerOpen) {
    /** For tokens, which lack nothing. */
    public ClaimsPolicy(
            String issuer, Set<String> audiences, TokenShape shape, List<String> scopeClaim, List<String> rolesClaim) {
        this(issuer, audiences, shape, scopeClaim, rolesClaim, Set.of(), false);
    }

    /** For the answers of the same issuer, none of whose members has to be there but {@code active} (RFC 7662 §2.2). */
    public ClaimsPolicy forAnswers(
            Set<String> required, List<String> scopes, Set<String> lacking, boolean isForAnyIssuer) {
        return new ClaimsPolicy(
                issuer, audiences, shape.inAnswers(required), scopes, rolesClaim, lacking, isForAnyIssuer);
    }

    /** The same of another issuer. */
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
