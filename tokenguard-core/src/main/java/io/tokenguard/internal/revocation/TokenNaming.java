package io.tokenguard.internal.revocation;

import io.tokenguard.access.AccessToken;
import java.util.List;
import java.util.Set;

/**
 * The names by which revocations may mean a token: those of the current configuration and of others, so that a change of the
 * configuration forgets none.
 *
 * @param issuers the texts that name issuers
 * @param subjectClaims the claims in which some configuration finds a subject, as steps from the outside in
 * @param clientClaims the claims in which some configuration finds a client
 */
public record TokenNaming(IssuerAliases issuers, Set<List<String>> subjectClaims, Set<List<String>> clientClaims) {
    /** Copies the sets. */
    public TokenNaming {
        subjectClaims = Set.copyOf(subjectClaims);
        clientClaims = Set.copyOf(clientClaims);
    }

    /** The texts that may name the issuer of a token. */
    List<String> issuersOf(AccessToken token) {
        return issuers.of(token);
    }

    /** The subjects and clients that a token names. */
    TokenNames namesOf(AccessToken token) {
        return TokenNames.of(token, this);
    }
}
