package io.tokenguard.cli;

import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a token for development contains.
 *
 * @param issuer the issuer
 * @param subject the subject; empty for the client's own token
 * @param client the client
 * @param audiences the audiences
 * @param scopes the scopes
 * @param lifetime its lifetime from now
 */
record Minted(
        String issuer,
        Optional<String> subject,
        String client,
        List<String> audiences,
        List<String> scopes,
        Duration lifetime) {
    /**
     * The token.
     *
     * @param signer signs it with its current key
     * @param claims further claims
     * @param holder the key that the token is bound to; empty for a bearer token
     */
    String sign(TestIssuer signer, Map<String, @Nullable Object> claims, Optional<TestKey> holder) {
        TokenBuilder token = signer.token()
                .issuer(issuer)
                .subject(subject.orElse(client))
                .clientId(client)
                .audience(audiences.toArray(String[]::new))
                .expiresIn(lifetime);
        if (!scopes.isEmpty()) {
            token.scope(scopes.toArray(String[]::new));
        }
        claims.forEach(token::claim);
        holder.ifPresent(token::boundTo);
        return token.sign();
    }
}
