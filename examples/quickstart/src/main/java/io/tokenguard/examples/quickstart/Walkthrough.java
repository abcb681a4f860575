package io.tokenguard.examples.quickstart;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shell lines to copy and paste: tokens in variables, then requests with the status that each gets. */
final class Walkthrough {
    private static final String DISABLED = "https://schemas.openid.net/secevent/risc/event-type/account-disabled";
    private static final Duration LIFE = Duration.ofHours(8);

    private static final String OWN_TOKEN = """
            export MINE=$(curl -s -d grant_type=client_credentials -d client_id=shop -d scope=orders:write \\
              $ISSUER/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')""";

    private final URI server;
    private final URI client;
    private final TestIssuer issuer;
    private final Map<String, String> variables = new LinkedHashMap<>();

    private Walkthrough(EmbeddedDemo demo) {
        this.server = demo.server().address();
        this.client = demo.client().address();
        this.issuer = demo.issuer();
    }

    static String of(EmbeddedDemo demo) {
        Walkthrough walkthrough = new Walkthrough(demo);
        walkthrough.makeTokens();
        walkthrough.makeRevocations();
        return "\n# --- Tokens. Paste these lines into another shell first. ---\n" + walkthrough.exports()
                + "\n\n# --- The console. Open this address in a browser: it has a token in its fragment. ---\n"
                + walkthrough.console()
                + "\n\n# --- A login in a browser: code with PKCE, a call, a refresh, a revocation. Open this address. ---\n"
                + walkthrough.client
                + "\n\n# --- A token of your own: choose the scope, and send it as $MINE. ---\n" + OWN_TOKEN
                + "\n\n# --- Requests, with the status that each gets ---\n" + walkthrough.requests();
    }

    private void makeTokens() {
        TestKey key = TestKey.generate(TestAlgorithm.ES256);
        String good = sign(issuer.token().scope("orders:read"));
        variables.put("TOKEN", good);
        variables.put("WITHOUT_SCOPE", sign(issuer.token()));
        variables.put(
                "EXPIRED",
                issuer.token()
                        .scope("orders:read")
                        .issuedAt(Instant.now().minus(LIFE))
                        .expiresAt(Instant.now().minus(Duration.ofMinutes(5)))
                        .sign());
        variables.put("FORGED", good.substring(0, good.length() - 8) + "AAAAAAAA");
        variables.put("ADMIN", sign(issuer.token().claim("roles", List.of("admin"))));
        variables.put(
                "GOLD",
                sign(issuer.token()
                        .claim("acr", "urn:example:gold")
                        .claim("auth_time", Instant.now().getEpochSecond())));
        variables.put("BOUND", sign(issuer.token().scope("orders:read").boundTo(key)));
        variables.put("KEY", key.privateJwk());
        variables.put("ISSUER", issuer.issuer());
    }

    private void makeRevocations() {
        variables.put("CAROL", sign(issuer.token().subject("carol")));
        variables.put("LOGOUT", sign(issuer.logoutToken().subject("carol")));
        variables.put("DAVE", sign(issuer.token().subject("dave")));
        variables.put(
                "EVENT",
                issuer.securityEvent(DISABLED, Map.of("format", "iss_sub", "iss", issuer.issuer(), "sub", "dave"))
                        .sign());
    }

    private static String sign(TokenBuilder token) {
        return token.expiresIn(LIFE).sign();
    }

    private String exports() {
        return variables.entrySet().stream()
                .map(variable -> "export " + variable.getKey() + "='" + variable.getValue() + "'")
                .collect(Collectors.joining("\n"));
    }

    /** Browsers do not send the fragment of an address, and the page removes it. */
    private String console() {
        return server.resolve(Quickstart.CONSOLE + "/") + "#token="
                + sign(issuer.token().subject("operator").scope(Quickstart.CONSOLE_SCOPE));
    }

    private String requests() {
        return String.join(
                "\n",
                line("200 no token is needed", "/public", ""),
                line("200 the API's metadata", "/.well-known/oauth-protected-resource", ""),
                line("401 no token", "/api/orders", ""),
                line("200 a valid token", "/api/orders", "TOKEN"),
                line("200 the identity in the token", "/api/me", "TOKEN"),
                line("403 a valid token without the scope", "/api/orders", "WITHOUT_SCOPE"),
                line("401 an expired token", "/api/orders", "EXPIRED"),
                line("401 a token with another signature", "/api/me", "FORGED"),
                line("403 a valid token without the role", "/api/admin", "TOKEN"),
                line("200 a token with the role", "/api/admin", "ADMIN"),
                line("200 a resource of Jakarta REST", "/rest/orders", "TOKEN"),
                line("403 neither of two scopes", "/rest/any", "TOKEN"),
                line("401 a login that is too weak", "/rest/transfer", "TOKEN"),
                line("401 a token that is bound to a key, without a proof", "/api/me", "BOUND"),
                "\n# 200 the same token, with a proof that the subcommand makes",
                "java -jar examples/quickstart/target/quickstart.jar dpop " + server.resolve("/api/me")
                        + " \"$BOUND\" \"$KEY\"",
                line("200 a token of carol", "/api/me", "CAROL"),
                "\n# 200 the issuer sends a logout token for carol",
                "curl -i -d \"logout_token=$LOGOUT\" " + server.resolve("/backchannel-logout"),
                line("401 the same token", "/api/me", "CAROL"),
                line("200 a token of dave", "/api/me", "DAVE"),
                "\n# 202 the issuer sends an event: the account of dave was disabled",
                "curl -i -H \"Content-Type: application/secevent+jwt\" -d \"$EVENT\" " + server.resolve("/events"),
                line("401 the same token", "/api/me", "DAVE"),
                line("200 a login that is strong and recent, for five minutes", "/rest/transfer", "GOLD"));
    }

    private String line(String outcome, String path, String variable) {
        String header = variable.isEmpty() ? "" : " -H \"Authorization: Bearer $" + variable + "\"";
        return "\n# " + outcome + "\ncurl -i" + header + " " + server.resolve(path);
    }
}
