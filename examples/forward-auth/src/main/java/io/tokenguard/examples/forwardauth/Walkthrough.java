package io.tokenguard.examples.forwardauth;

import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.time.Duration;

/** Lines to copy and paste: a gateway's calls, with the status that each gets. */
final class Walkthrough {
    private static final Duration LIFE = Duration.ofHours(8);

    private Walkthrough() {}

    static String of(Gateway gateway, URI endpoint, TestIssuer issuer) {
        String good = token(issuer, ForwardAuth.SCOPE);
        String poor = token(issuer, "other");
        return String.join(
                "\n",
                "\n# 200 a public path",
                question(gateway, endpoint, "/health", ""),
                "\n# 401 no token",
                question(gateway, endpoint, "/orders/7", ""),
                "\n# 200 a token with the scope",
                question(gateway, endpoint, "/orders/7", good),
                "\n# 403 a token without the scope",
                question(gateway, endpoint, "/orders/7", poor));
    }

    private static String token(TestIssuer issuer, String scope) {
        return issuer.token()
                .audience(ForwardAuth.AUDIENCE)
                .scope(scope)
                .expiresIn(LIFE)
                .sign();
    }

    private static String question(Gateway gateway, URI endpoint, String path, String token) {
        String authorization = token.isEmpty() ? "" : " -H 'Authorization: Bearer " + token + "'";
        return switch (gateway) {
            case NGINX ->
                "curl -i -H 'X-Original-Method: GET' -H 'X-Original-URI: " + path + "'" + authorization + " "
                        + endpoint;
            case TRAEFIK ->
                "curl -i -H 'X-Forwarded-Method: GET' -H 'X-Forwarded-Uri: " + path + "'" + authorization + " "
                        + endpoint;
            case ENVOY -> "curl -i" + authorization + " " + endpoint + path;
        };
    }
}
