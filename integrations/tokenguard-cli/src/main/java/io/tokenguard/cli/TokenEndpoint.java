package io.tokenguard.cli;

import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives a token to every client (RFC 6749 section 3.2), whatever its secret.
 *
 * @param issuer the issuer
 * @param signer signs the tokens
 * @param audiences the audiences of all tokens
 * @param codes the codes of the authorization endpoint
 */
record TokenEndpoint(String issuer, TestIssuer signer, List<String> audiences, AuthorizationCodes codes) {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    DevelopmentIssuer.Answer answer(FormRequest request) {
        if (!request.method().equals("POST") || request.client().isEmpty()) {
            return DevelopmentIssuer.Answer.error(400, "invalid_request");
        }
        return switch (request.value("grant_type")) {
            case "client_credentials" -> token(Optional.empty(), request.client(), request.value("scope"));
            case "authorization_code" ->
                codes.redeem(request)
                        .map(grant -> token(Optional.of(grant.subject()), grant.client(), grant.scope()))
                        .orElseGet(() -> DevelopmentIssuer.Answer.error(400, "invalid_grant"));
            default -> DevelopmentIssuer.Answer.error(400, "unsupported_grant_type");
        };
    }

    private DevelopmentIssuer.Answer token(Optional<String> subject, String client, String scope) {
        List<String> scopes =
                Stream.of(scope.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(
                "access_token",
                new Minted(issuer, subject, client, audiences, scopes, LIFETIME)
                        .sign(signer, Map.of(), Optional.empty()));
        members.put("token_type", "Bearer");
        members.put("expires_in", LIFETIME.toSeconds());
        members.put("scope", String.join(" ", scopes));
        return DevelopmentIssuer.Answer.json(200, JsonText.of(members));
    }
}
