package io.tokenguard.access;

import java.util.Set;

/**
 * The parts of an {@link AccessToken}. Immutable.
 *
 * @param content the claims, and what was read from them
 * @param scopes the granted scopes, immutable
 * @param roles the roles, immutable
 * @param confirmation how the sender proved possession
 * @param provenance how the token was presented and verified
 */
record TokenParts(
        TokenContent content, Set<String> scopes, Set<String> roles, Confirmation confirmation, Provenance provenance) {
    static TokenParts of(String issuer) {
        return new TokenParts(TokenContent.of(issuer), Set.of(), Set.of(), new Confirmation.None(), Provenance.UNKNOWN);
    }

    TokenParts with(TokenContent other) {
        return new TokenParts(other, scopes, roles, confirmation, provenance);
    }

    TokenParts withScopes(Set<String> other) {
        return new TokenParts(content, other, roles, confirmation, provenance);
    }

    TokenParts withRoles(Set<String> other) {
        return new TokenParts(content, scopes, other, confirmation, provenance);
    }

    TokenParts with(Confirmation other) {
        return new TokenParts(content, scopes, roles, other, provenance);
    }

    TokenParts with(Provenance other) {
        return new TokenParts(content, scopes, roles, confirmation, other);
    }
}
