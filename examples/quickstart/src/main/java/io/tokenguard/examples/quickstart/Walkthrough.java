package io.tokenguard.examples.quickstart;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Lines to copy and paste: what to send, and the status that comes back. */
final class Walkthrough {
    private static final String DISABLED = "https://schemas.openid.net/secevent/risc/event-type/account-disabled";
    private static final Duration LIFE = Duration.ofHours(8);

    private Walkthrough() {}

    static String of(URI server, TestIssuer issuer) {
        String good = issuer.token().scope("orders:read").expiresIn(LIFE).sign();
        String withoutScope = issuer.token().expiresIn(LIFE).sign();
        String expired = issuer.token()
                .scope("orders:read")
                .issuedAt(Instant.now().minus(LIFE))
                .expiresAt(Instant.now().minus(Duration.ofMinutes(5)))
                .sign();
        String admin =
                issuer.token().claim("roles", List.of("admin")).expiresIn(LIFE).sign();
        String gold = issuer.token()
                .claim("acr", "urn:example:gold")
                .claim("auth_time", Instant.now().getEpochSecond())
                .expiresIn(LIFE)
                .sign();
        return String.join(
                "\n",
                line("200 no token is needed", server, "/public", ""),
                line("200 what the API says of itself", server, "/.well-known/oauth-protected-resource", ""),
                line("401 no token came", server, "/api/orders", ""),
                line("200 a good token", server, "/api/orders", good),
                line("200 whose token it is", server, "/api/me", good),
                line("403 a good token without the scope", server, "/api/orders", withoutScope),
                line("401 an expired token", server, "/api/orders", expired),
                line(
                        "401 a token with another signature",
                        server,
                        "/api/me",
                        good.substring(0, good.length() - 8) + "AAAAAAAA"),
                line("403 a good token without the role", server, "/api/admin", good),
                line("200 a token with the role", server, "/api/admin", admin),
                line("200 a resource of Jakarta REST", server, "/rest/orders", good),
                line("403 neither of two scopes", server, "/rest/any", good),
                line("401 a login that is too weak", server, "/rest/transfer", good),
                dpop(server, issuer),
                logout(server, issuer),
                event(server, issuer),
                line("200 a login that is strong and recent, for five minutes", server, "/rest/transfer", gold));
    }

    /** A token that is bound to a key: stolen, it is good for nothing; with the key, a proof can be made for each request. */
    private static String dpop(URI server, TestIssuer issuer) {
        TestKey key = TestKey.generate(TestAlgorithm.ES256);
        String bound =
                issuer.token().scope("orders:read").boundTo(key).expiresIn(LIFE).sign();
        return line("401 a token that is bound to a key, without it", server, "/api/me", bound)
                + "\n\n# 200 the same token, with a proof of its key that the subcommand makes\njava -jar "
                + "examples/quickstart/target/quickstart.jar dpop " + server.resolve("/api/me") + " " + bound + " '"
                + key.privateJwk() + "'";
    }

    /** The issuer tells that a user has logged out: her token is refused from now on, long before its end. */
    private static String logout(URI server, TestIssuer issuer) {
        String bearer = issuer.token().subject("carol").expiresIn(LIFE).sign();
        String logout = issuer.logoutToken().subject("carol").expiresIn(LIFE).sign();
        return line("200 a token of carol", server, "/api/me", bearer)
                + "\n\n# 200 the issuer tells that carol has logged out\ncurl -i -d logout_token=" + logout + " "
                + server.resolve("/backchannel-logout") + "\n"
                + line("401 the same token", server, "/api/me", bearer);
    }

    /** The issuer tells that an account is closed. */
    private static String event(URI server, TestIssuer issuer) {
        String bearer = issuer.token().subject("dave").expiresIn(LIFE).sign();
        String event = issuer.securityEvent(
                        DISABLED, Map.of("format", "iss_sub", "iss", issuer.issuer(), "sub", "dave"))
                .sign();
        return line("200 a token of dave", server, "/api/me", bearer)
                + "\n\n# 202 the issuer tells that the account of dave was disabled\ncurl -i -H 'Content-Type: "
                + "application/secevent+jwt' -d " + event + " " + server.resolve("/events") + "\n"
                + line("401 the same token", server, "/api/me", bearer);
    }

    private static String line(String outcome, URI server, String path, String token) {
        String header = token.isEmpty() ? "" : " -H 'Authorization: Bearer " + token + "'";
        return "\n# " + outcome + "\ncurl -i" + header + " " + server.resolve(path);
    }
}
