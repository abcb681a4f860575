package io.tokenguard.examples.mcp;

import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.time.Duration;

/** Lines to copy and paste: what a client sends, from the first refusal to the tool. */
final class Walkthrough {
    private static final Duration LIFE = Duration.ofHours(8);
    private static final String CALL =
            " -H 'Content-Type: application/json' -d '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                    + OrdersTool.NAME + "\"}}' ";

    private Walkthrough() {}

    static String of(URI endpoint, TestIssuer issuer) {
        String token = issuer.token()
                .audience(endpoint.toString())
                .scope(McpServer.SCOPE)
                .subject("alice")
                .expiresIn(LIFE)
                .sign();
        return String.join(
                "\n",
                "\n# 401 the challenge names the metadata",
                "curl -i" + CALL + endpoint,
                "\n# 200 the metadata name the issuer",
                "curl -i " + endpoint.resolve("/.well-known/oauth-protected-resource" + endpoint.getPath()),
                "\n# 200 the issuer says where its keys and endpoints are",
                "curl -i " + issuer.oauthDiscoveryUri(),
                "\n# 200 with a token of that issuer for this server the tool answers",
                "curl -i -H 'Authorization: Bearer " + token + "'" + CALL + endpoint);
    }
}
