package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init}, {@code mint}, {@code serve-issuer} and {@code curl}. */
class DevelopmentTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256);
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @TempDir
    private Path folder;

    private static TestIssuer issuer() {
        return ServeIssuerCommand.start(0, KEY, List.of("https://api.example.com"), List.of("alice"));
    }

    private static HttpResponse<String> post(String address, String form) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String member(String json, String name) {
        return json.replaceAll(".*\"" + name + "\":\"([^\"]*)\".*", "$1");
    }

    private String config(String issuer) {
        Sample sample = new Sample(folder);
        return sample.write(
                        "development.properties",
                        String.join(
                                "\n",
                                "tokenguard.issuer-uri=" + issuer,
                                "tokenguard.audiences=https://api.example.com",
                                "tokenguard.routes.read=GET /orders/** scope orders:read"))
                .toString();
    }

    @Test
    void aClientGetsATokenThatTheGuardAccepts() throws IOException, InterruptedException {
        try (TestIssuer issuer = issuer()) {
            String body = post(
                            issuer.issuer() + "/token",
                            "grant_type=client_credentials&client_id=shop&scope=orders:read")
                    .body();
            CliResult result = CliCall.run(
                    member(body, "access_token"),
                    "explain",
                    "--config",
                    config(issuer.issuer()),
                    "--request",
                    "GET /orders/1");
            assertThat(result.out()).contains("Result: accepted");
        }
    }

    @Test
    void aUserGetsATokenByTheLoginPage() throws IOException, InterruptedException {
        try (TestIssuer issuer = issuer()) {
            String back = "http://localhost:8080/back";
            String page = get(issuer.issuer() + "/authorize?response_type=code&client_id=shop&redirect_uri=" + back
                            + "&code_challenge_method=S256&code_challenge=" + CHALLENGE)
                    .body();
            String ticket = page.replaceAll("(?s).*name=\"ticket\" value=\"([^\"]+)\".*", "$1");
            String location = post(issuer.issuer() + "/authorize", "user=alice&ticket=" + ticket)
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(location).startsWith(back + "?code=");
            String form = "grant_type=authorization_code&client_id=shop&redirect_uri=" + back + "&code="
                    + location.replaceAll(".*code=([^&]*).*", "$1") + "&code_verifier=" + VERIFIER;
            assertThat(post(issuer.issuer() + "/token", form).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void mintAndCurlMakeABoundTokenAndItsProof() {
        Path dpopKey = folder.resolve("dpop.jwk");
        CliResult minted = CliCall.run(
                "",
                "mint",
                "--keys",
                folder.resolve("keys").toString(),
                "--scope",
                "orders:read",
                "--role",
                "admin",
                "--dpop-key",
                dpopKey.toString());
        String token = minted.out().strip();
        assertThat(minted.err()).contains("For development only");
        CliResult line = CliCall.run(
                token, "curl", "GET", "https://api.example.com/orders/1?x=1", "--dpop-key", dpopKey.toString());
        assertThat(line.out()).startsWith("curl -i -X GET -H 'Authorization: DPoP " + token + "' -H 'DPoP: eyJ");
        String proof = line.out().replaceAll("(?s).*'DPoP: ([^']*)'.*", "$1");
        Sample sample = new Sample(folder);
        TestKey issuerKey = KeyFolder.issuerKey(folder.resolve("keys"));
        Path keys = sample.write("minted.jwks", "{\"keys\":[" + issuerKey.publicJwk() + "]}");
        Path config = sample.write("minted.properties", """
                tokenguard.issuer-uri=http://127.0.0.1:9400
                tokenguard.jwks-file=%s
                tokenguard.audiences=https://api.example.com
                tokenguard.routes.read=GET /orders/** scope orders:read
                """.formatted(keys));
        CliResult explained = CliCall.run(
                token,
                "explain",
                "--config",
                config.toString(),
                "--request",
                "GET https://api.example.com/orders/1",
                "--proof",
                proof);
        assertThat(explained.out())
                .contains("\u2713 signature", "\u2713 possession", "\u2713 authorization")
                .doesNotContain(token, proof);
    }

    @Test
    void initWritesPropertiesThatNeedTheAudienceOnly() {
        try (TestIssuer issuer =
                TestIssuer.builder().keys(KEY).path("/realms/shop").start()) {
            CliResult written = CliCall.run("", "init", "--issuer", issuer.issuer());
            Golden.compare("init", written.everything().replace(issuer.issuer(), "ISSUER"));
            assertThat(written.exit()).isZero();
            Path config = new Sample(folder).write("written.properties", written.out());
            CliResult checked = CliCall.run("", "routes", "--config", config.toString());
            assertThat(checked.err()).contains("tokenguard.audiences is '${AUDIENCE}': it contains a placeholder");
        }
    }

    @Test
    void initSaysWhyTheIssuerCanNotBeReached() {
        CliResult result = CliCall.run("", "init", "--issuer", "https://127.0.0.1:1");
        assertThat(result.err()).contains("The issuer can't be reached:", "at port 1");
        assertThat(result.exit()).isEqualTo(2);
    }
}
