package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushed and signed authorization requests, and tokens that are bound to a key: RFC 9126, RFC 9101, RFC 9449. */
class SignedRequestTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256);
    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final TestClient shop =
            TestClient.named("shop").redirectUris(GrantClient.BACK).requestKey(KEY);
    private final TestIssuer issuer = TestIssuer.builder()
            .keys(KnownKeys.EC)
            .clock(clock)
            .clients(shop, TestClient.named("other").redirectUris(GrantClient.BACK))
            .start();
    private final GrantClient client = new GrantClient(issuer);
    private final DpopClient holder = DpopClient.withKey(KEY, clock);

    @AfterEach
    void stop() {
        issuer.close();
    }

    private Map<String, String> pushed(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(201);
        return Map.of("client_id", "shop", "request_uri", (String)
                GrantClient.json(answer).get("request_uri"));
    }

    private TokenBuilder object() {
        TokenBuilder object = issuer.token()
                .type("oauth-authz-req+jwt")
                .key(KEY)
                .issuer("shop")
                .audience(issuer.issuer());
        object.withoutClaim("sub");
        GrantClient.request().forEach(object::claim);
        return object;
    }

    private static Map<String, String> with(String object) {
        return Map.of("client_id", "shop", "request", object);
    }

    private String proof(TestEndpoint endpoint) {
        return holder.proof("POST", issuer.uri(endpoint).toString()).sign();
    }

    @Test
    void aPushedRequestIsUsedOnceWithin90Seconds() throws Exception {
        String form = GrantClient.form(GrantClient.request());
        Map<String, String> request = pushed(client.post(TestEndpoint.PUSHED_AUTHORIZATION, form));
        assertThat(client.comesBack(request)).containsKey("code").containsEntry("state", "s t&1");
        assertThat(client.authorize(request).statusCode()).isEqualTo(400);
        Map<String, String> late = pushed(client.post(TestEndpoint.PUSHED_AUTHORIZATION, form));
        clock.advance(Duration.ofSeconds(90));
        assertThat(client.authorize(late).statusCode()).isEqualTo(400);
    }

    @Test
    void aPushedRequestIsOfTheClientThatPushedIt() throws Exception {
        String uri = pushed(client.post(TestEndpoint.PUSHED_AUTHORIZATION, GrantClient.form(GrantClient.request())))
                .get("request_uri");
        assertThat(client.authorize(Map.of("client_id", "other", "request_uri", uri))
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, none, 401 invalid_client",
        "redirect_uri, https://attacker.example/, 400 invalid_request",
        "response_type, token, 400 unsupported_response_type",
        "request_uri, urn:x, 400 invalid_request",
        "request, a.b.c, 400 invalid_request_object"
    })
    void aWrongRequestIsRefusedWhenItIsPushed(String name, String value, String error) throws Exception {
        String form = GrantClient.form(GrantClient.request(name, value));
        assertThat(GrantClient.error(client.post(TestEndpoint.PUSHED_AUTHORIZATION, form)))
                .isEqualTo(error);
    }

    @Test
    void aClientMayHaveToPushItsRequests() throws Exception {
        try (TestIssuer strict = TestIssuer.builder()
                .keys(KnownKeys.EC)
                .clients(shop.requirePushedRequests())
                .start()) {
            assertThat(new GrantClient(strict).authorize(GrantClient.request()).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void aSignedRequestCounts() throws Exception {
        assertThat(client.comesBack(with(object().sign()))).containsKey("code").containsEntry("state", "s t&1");
    }

    @Test
    void parametersBesideASignedRequestAreIgnored() throws Exception {
        Map<String, String> both = GrantClient.request("state", "outside");
        both.put("request", object().sign());
        assertThat(client.comesBack(both)).containsEntry("state", "s t&1");
        both.put("request", object().withoutClaim("state").sign());
        assertThat(client.comesBack(both)).doesNotContainKey("state");
    }

    @Test
    void aSignedRequestCanBePushed() throws Exception {
        String form = GrantClient.form(with(object().sign()));
        assertThat(client.comesBack(pushed(client.post(TestEndpoint.PUSHED_AUTHORIZATION, form))))
                .containsKey("code");
    }

    @Test
    void aWrongRequestObjectIsRefused() throws Exception {
        List<String> wrong = List.of(
                object().unsigned("none"),
                object().signWith("secret".getBytes(java.nio.charset.StandardCharsets.UTF_8), "HS256"),
                object().key(TestKey.generate(TestAlgorithm.ES256)).sign(),
                object().claim("client_id", "other").sign(),
                object().issuer("other").sign(),
                object().audience("https://other.example").sign(),
                object().subject("shop").sign(),
                object().claim("request_uri", "urn:x").sign(),
                object().type("at+jwt").sign(),
                object().expiresAt(clock.instant()).sign(),
                object().notBefore(clock.instant().plusSeconds(1)).sign(),
                object().rawPayload("[]").sign());
        for (String object : wrong) {
            assertThat(client.authorize(with(object)).body()).contains("invalid_request_object");
        }
    }

    @Test
    void aProofBindsAccessAndRefreshTokenOfAPublicClient() throws Exception {
        Map<String, Object> tokens = client.login("DPoP", proof(TestEndpoint.TOKEN));
        assertThat(tokens).containsEntry("token_type", "DPoP");
        assertThat(TokenReader.payload((String) tokens.get("access_token")))
                .containsEntry("cnf", Map.of("jkt", KEY.thumbprint()));
        String refresh = GrantClient.refresh(tokens.get("refresh_token"));
        assertThat(GrantClient.error(client.token(refresh))).isEqualTo("400 invalid_dpop_proof");
        assertThat(client.token(refresh, "DPoP", proof(TestEndpoint.TOKEN)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCodeMayBeBoundToAKey() throws Exception {
        String uri = GrantClient.form(GrantClient.request());
        Map<String, String> request = pushed(
                client.post(TestEndpoint.PUSHED_AUTHORIZATION, uri, "DPoP", proof(TestEndpoint.PUSHED_AUTHORIZATION)));
        String redeem = GrantClient.redeem(client.comesBack(request).get("code"));
        assertThat(GrantClient.error(client.token(redeem))).isEqualTo("400 invalid_dpop_proof");
        String other = client.comesBack(GrantClient.request("dpop_jkt", KEY.thumbprint()))
                .get("code");
        assertThat(client.token(GrantClient.redeem(other), "DPoP", proof(TestEndpoint.TOKEN))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aWrongProofIsRefused() throws Exception {
        String target = issuer.uri(TestEndpoint.TOKEN).toString();
        String used = proof(TestEndpoint.TOKEN);
        client.token("grant_type=x&client_id=shop", "DPoP", used);
        List<String> wrong = List.of(
                used,
                "x",
                holder.proof("GET", target).sign(),
                holder.proof("POST", target + "/x").sign(),
                holder.proof("POST", target).withoutClaim("jti").sign(),
                holder.proof("POST", target).withoutClaim("iat").sign(),
                holder.proof("POST", target)
                        .issuedAt(clock.instant().minusSeconds(61))
                        .sign(),
                holder.proof("POST", target)
                        .issuedAt(clock.instant().plusSeconds(61))
                        .sign(),
                holder.proof("POST", target).claim("iat", Long.MAX_VALUE).sign(),
                holder.proof("POST", target).header("typ", "jwt").sign(),
                holder.proof("POST", target)
                        .signedBy(TestKey.generate(TestAlgorithm.ES256))
                        .sign(),
                holder.proof("POST", target).withoutHeader("jwk").sign());
        for (String proof : wrong) {
            assertThat(GrantClient.error(client.token(GrantClient.refresh("x"), "DPoP", proof)))
                    .isEqualTo("400 invalid_dpop_proof");
        }
    }

    @Test
    void aNonceIsRequiredOnRequest() throws Exception {
        try (TestIssuer strict =
                TestIssuer.builder().keys(KnownKeys.EC).requireDpopNonce().start()) {
            GrantClient caller = new GrantClient(strict);
            DpopClient dpop = DpopClient.withKey(KEY, Clock.systemUTC());
            String target = strict.uri(TestEndpoint.TOKEN).toString();
            String form = "grant_type=client_credentials&client_id=shop";
            HttpResponse<String> first =
                    caller.token(form, "DPoP", dpop.proof("POST", target).sign());
            assertThat(GrantClient.error(first)).isEqualTo("400 use_dpop_nonce");
            dpop.useNonce(first.headers().firstValue("DPoP-Nonce").orElseThrow());
            assertThat(caller.token(form, "DPoP", dpop.proof("POST", target).sign())
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
