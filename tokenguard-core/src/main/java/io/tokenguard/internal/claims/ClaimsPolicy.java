package io.tokenguard.internal.claims;

import java.util.List;
import java.util.Set;

/**
 * What the claims of one issuer's tokens must contain.
 *
 * @param issuer the issuer, to the letter
 * @param audiences the names of this API, of which a token must carry one
 * @param shape how its access tokens look
 * @param scopes where the scopes are
 * @param roles where the roles are
 * @param mayLack which of {@code iss}, {@code aud} and {@code exp} an answer of the issuer may lack (RFC 7662 §2.2)
 * @param isIssuerOpen whether answers may name any issuer
 */
public record ClaimsPolicy(
        String issuer,
        Set<String> audiences,
        TokenShape shape,
        NameClaim scopes,
        NameClaim roles,
        Set<String> mayLack,
        boolean isIssuerOpen) {
    /** For tokens, which lack nothing. */
    public ClaimsPolicy(String issuer, Set<String> audiences, TokenShape shape, NameClaim scopes, NameClaim roles) {
        this(issuer, audiences, shape, scopes, roles, Set.of(), false);
    }

    /** The same with scopes and roles as they are written by default. */
    public ClaimsPolicy(
            String issuer, Set<String> audiences, TokenShape shape, List<String> scopePaths, List<String> rolePaths) {
        this(issuer, audiences, shape, NameClaim.in(scopePaths), NameClaim.in(rolePaths));
    }

    /** For introspection answers of the same issuer, in which only {@code active} is required (RFC 7662 §2.2). */
    public ClaimsPolicy forAnswers(
            Set<String> required, NameClaim scopesThere, Set<String> lacking, boolean isForAnyIssuer) {
        return new ClaimsPolicy(
                issuer, audiences, shape.inAnswers(required), scopesThere, roles, lacking, isForAnyIssuer);
    }

    /** For signed tokens whose audience and subject may be in an answer of the issuer only. */
    ClaimsPolicy incomplete() {
        return new ClaimsPolicy(
                issuer, audiences, shape.without(Set.of("aud", "sub")), scopes, roles, Set.of("aud"), isIssuerOpen);
    }

    /** The same for another issuer. */
    public ClaimsPolicy of(String otherIssuer, TokenShape otherShape) {
        return new ClaimsPolicy(otherIssuer, audiences, otherShape, scopes, roles, mayLack, isIssuerOpen);
    }

    /** Copies the collections. */
    public ClaimsPolicy {
        mayLack = Set.copyOf(mayLack);
        audiences = Set.copyOf(audiences);
    }
}
