package io.tokenguard.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Successful answers of the token endpoint (RFC 6749 §5.1).
 *
 * @param tokens issues access tokens
 * @param signed starts a token that is signed and not encrypted
 */
record TokenResponses(IssuedTokens tokens, Supplier<TokenBuilder> signed) {
    /** A new access token, in a map to be extended. */
    Map<String, Object> of(Grant grant, String family, Optional<String> key) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("access_token", tokens.issue(grant, family, key));
        members.put("token_type", key.isPresent() ? "DPoP" : "Bearer");
        members.put("expires_in", IssuedTokens.LIFETIME.toSeconds());
        members.put("scope", String.join(" ", grant.scopes()));
        return members;
    }

    /** OpenID Connect Core 1.0 §3.1.3.3, for the scope {@code openid}. */
    void addIdToken(Map<String, Object> response, Grant grant, Optional<String> nonce) {
        if (!grant.scopes().contains("openid")) {
            return;
        }
        TokenBuilder token = signed.get()
                .type("JWT")
                .withoutClaim("client_id")
                .subject(grant.user().orElse(grant.client()))
                .audience(grant.client());
        grant.claims().forEach(token::claim);
        nonce.ifPresent(text -> token.claim("nonce", text));
        response.put("id_token", token.sign());
    }
}
