package io.tokenguard.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client was granted.
 *
 * @param client the client
 * @param user the user; empty for client credentials
 * @param scopes the scopes
 * @param refreshKey the key that the refresh token is bound to (RFC 9449 §5); empty for a bearer token
 * @param claims claims about the login
 */
record Grant(
        String client,
        Optional<String> user,
        List<String> scopes,
        Optional<String> refreshKey,
        Map<String, Object> claims) {
    /** RFC 6749 §3.3. */
    static List<String> scopes(Form form) throws GrantRefusal {
        String scope = form.value("scope").orElse("");
        if (!scope.matches("[!#-\\[\\]-~ ]*")) {
            throw GrantRefusal.of("invalid_scope", "A scope has a character that it must not have");
        }
        return scope.isBlank() ? List.of() : List.of(scope.strip().split(" +"));
    }

    Grant withScopes(List<String> fewer) {
        return new Grant(client, user, fewer, refreshKey, claims);
    }
}
