package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6749 §3.2, §4.1.3, §4.4, §5 and §6; RFC 7636 §4.6; RFC 9700 §4.14.2; RFC 7009. */
class TokenEndpointTest {
    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final List<String> revoked = new ArrayList<>();
    private final TestIssuer issuer = TestIssuer.builder()
            .keys(KnownKeys.EC)
            .clock(clock)
            .onRevocation(revoked::add)
            .user("alice", token -> token.roles("admin"))
            .start();
    private final GrantClient client = new GrantClient(issuer);

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static Map<String, Object> payload(Object token) throws JoseException {
        return TokenReader.payload((String) token);
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private String code() throws Exception {
        return client.comesBack(GrantClient.request()).get("code");
    }

    @Test
    void aClientGetsATokenOfItsOwn() throws Exception {
        HttpResponse<String> answer = client.token("grant_type=client_credentials&client_id=shop&scope=a+b");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        Map<String, Object> members = GrantClient.json(answer);
        assertThat(members)
                .containsEntry("token_type", "Bearer")
                .containsEntry("expires_in", 300L)
                .containsEntry("scope", "a b")
                .doesNotContainKeys("refresh_token", "id_token");
        assertThat(payload(members.get("access_token")))
                .containsEntry("sub", "shop")
                .containsEntry("client_id", "shop")
                .containsEntry("scope", "a b");
    }

    @Test
    void aCodeIsExchangedForTheTokensOfItsUser() throws Exception {
        Map<String, Object> members = client.login();
        assertThat(payload(members.get("access_token")))
                .containsEntry("sub", "alice")
                .containsEntry("client_id", "shop")
                .containsEntry("roles", List.of("admin"))
                .containsEntry("auth_time", clock.instant().getEpochSecond());
        assertThat(members).containsKey("refresh_token").doesNotContainKey("id_token");
        assertThat(client.isActive(members.get("access_token"))).isTrue();
    }

    @Test
    void openidAsksForAnIdToken() throws Exception {
        Map<String, String> request = GrantClient.request("scope", "openid");
        request.put("nonce", "n1");
        request.put("acr_values", "gold silver");
        String code = client.comesBack(request).get("code");
        Object idToken =
                GrantClient.json(client.token(GrantClient.redeem(code))).get("id_token");
        assertThat(payload(idToken))
                .containsEntry("aud", "shop")
                .containsEntry("sub", "alice")
                .containsEntry("nonce", "n1")
                .containsEntry("acr", "gold");
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier, wrong, 400 invalid_grant",
        "code_verifier, '', 400 invalid_request",
        "redirect_uri, http://127.0.0.1:1/back, 400 invalid_grant",
        "redirect_uri, '', 400 invalid_request",
        "client_id, other, 400 invalid_grant",
        "client_id, '', 401 invalid_client",
        "code, unknown, 400 invalid_grant",
        "code, '', 400 invalid_request",
        "grant_type, '', 400 invalid_request",
        "grant_type, password, 400 unsupported_grant_type"
    })
    void aCodeIsForOneRequestOfOneClient(String name, String value, String error) throws Exception {
        String form = GrantClient.redeem(code()).replaceFirst("(^|&)" + name + "=[^&]*", "$1" + name + "=" + value);
        assertThat(GrantClient.error(client.token(form))).isEqualTo(error);
    }

    @Test
    void aParameterIsSentOnce() throws Exception {
        assertThat(GrantClient.error(client.token(GrantClient.redeem(code()) + "&code=more")))
                .isEqualTo("400 invalid_request");
    }

    @Test
    void aCodeLivesForAMinute() throws Exception {
        String inTime = code();
        clock.advance(Duration.ofSeconds(59));
        assertThat(client.token(GrantClient.redeem(inTime)).statusCode()).isEqualTo(200);
        String late = code();
        clock.advance(Duration.ofSeconds(60));
        assertThat(GrantClient.error(client.token(GrantClient.redeem(late)))).isEqualTo("400 invalid_grant");
    }

    @Test
    void theSecondUseOfACodeRevokesTheTokensOfTheFirst() throws Exception {
        String code = code();
        Map<String, Object> tokens = GrantClient.json(client.token(GrantClient.redeem(code)));
        assertThat(GrantClient.error(client.token(GrantClient.redeem(code)))).isEqualTo("400 invalid_grant");
        assertThat(client.isActive(tokens.get("access_token"))).isFalse();
        assertThat(revoked).containsExactly((String) tokens.get("access_token"));
        assertThat(GrantClient.error(client.token(GrantClient.refresh(tokens.get("refresh_token")))))
                .isEqualTo("400 invalid_grant");
    }

    @Test
    void aRefreshTokenIsReplacedAtEachUse() throws Exception {
        Object first = client.login().get("refresh_token");
        Map<String, Object> next = GrantClient.json(client.token(GrantClient.refresh(first)));
        assertThat(payload(next.get("access_token")))
                .containsEntry("sub", "alice")
                .containsKey("auth_time");
        assertThat(next.get("refresh_token")).isNotEqualTo(first);
        assertThat(client.token(GrantClient.refresh(next.get("refresh_token"))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theReuseOfARefreshTokenRevokesItsFamily() throws Exception {
        Map<String, Object> first = client.login();
        Map<String, Object> next = GrantClient.json(client.token(GrantClient.refresh(first.get("refresh_token"))));
        assertThat(GrantClient.error(client.token(GrantClient.refresh(first.get("refresh_token")))))
                .isEqualTo("400 invalid_grant");
        assertThat(GrantClient.error(client.token(GrantClient.refresh(next.get("refresh_token")))))
                .isEqualTo("400 invalid_grant");
        assertThat(client.isActive(next.get("access_token"))).isFalse();
        assertThat(revoked).hasSize(2);
    }

    @Test
    void aRefreshTokenOfAnotherClientIsLeftAsItIs() throws Exception {
        Object token = client.login().get("refresh_token");
        String stolen = GrantClient.refresh(token).replace("client_id=shop", "client_id=other");
        assertThat(GrantClient.error(client.token(stolen))).isEqualTo("400 invalid_grant");
        assertThat(client.token(GrantClient.refresh(token)).statusCode()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenNarrowsScopesAndAddsNone() throws Exception {
        Object token = client.login().get("refresh_token");
        assertThat(GrantClient.error(client.token(GrantClient.refresh(token) + "&scope=orders:write")))
                .isEqualTo("400 invalid_scope");
        assertThat(GrantClient.json(client.token(GrantClient.refresh(token) + "&scope=orders:read")))
                .containsEntry("scope", "orders:read");
    }

    @Test
    void aRefreshTokenEndsAfterADayWithoutUse() throws Exception {
        Object token = client.login().get("refresh_token");
        clock.advance(Duration.ofHours(24));
        assertThat(GrantClient.error(client.token(GrantClient.refresh(token)))).isEqualTo("400 invalid_grant");
    }

    @Test
    void aRevokedRefreshTokenEndsItsAccessTokens() throws Exception {
        Map<String, Object> tokens = client.login();
        assertThat(client.post(TestEndpoint.REVOCATION, "client_id=shop&token=" + tokens.get("refresh_token"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.isActive(tokens.get("access_token"))).isFalse();
        assertThat(revoked).hasSize(1);
    }

    @Test
    void aRevokedAccessTokenLeavesTheRefreshToken() throws Exception {
        Map<String, Object> tokens = client.login();
        client.post(TestEndpoint.REVOCATION, "client_id=shop&token=" + tokens.get("access_token"));
        assertThat(client.isActive(tokens.get("access_token"))).isFalse();
        assertThat(client.token(GrantClient.refresh(tokens.get("refresh_token")))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"access_token", "refresh_token"})
    void aTokenIsNotRevokedByAnotherClient(String kind) throws Exception {
        Map<String, Object> tokens = client.login();
        HttpResponse<String> answer = client.post(TestEndpoint.REVOCATION, "client_id=other&token=" + tokens.get(kind));
        assertThat(GrantClient.error(answer)).isEqualTo("400 invalid_grant");
        assertThat(client.isActive(tokens.get("access_token"))).isTrue();
    }

    @Test
    void anUnknownTokenIsRevokedAlready() throws Exception {
        assertThat(client.post(TestEndpoint.REVOCATION, "client_id=shop&token=x")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRegisteredClientAuthenticatesOnce() throws Exception {
        TestClient shop = TestClient.named("shop").secret("se:cret");
        TestClient app = TestClient.named("app");
        try (TestIssuer strict =
                TestIssuer.builder().keys(KnownKeys.EC).clients(shop, app).start()) {
            GrantClient caller = new GrantClient(strict);
            String form = "grant_type=client_credentials";
            assertThat(caller.token(form, "Authorization", basic("shop", "se%3Acret"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(caller.token(form + "&client_id=shop&client_secret=se:cret")
                            .statusCode())
                    .isEqualTo(200);
            HttpResponse<String> wrong = caller.token(form, "Authorization", basic("shop", "wrong"));
            assertThat(GrantClient.error(wrong)).isEqualTo("401 invalid_client");
            assertThat(wrong.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Basic ");
            assertThat(GrantClient.error(caller.token(form + "&client_id=shop")))
                    .isEqualTo("401 invalid_client");
            assertThat(GrantClient.error(caller.token(form + "&client_id=none")))
                    .isEqualTo("401 invalid_client");
            assertThat(GrantClient.error(caller.token(form + "&client_id=app"))).isEqualTo("400 unauthorized_client");
            assertThat(GrantClient.error(
                            caller.token(form + "&client_secret=se:cret", "Authorization", basic("shop", "se%3Acret"))))
                    .isEqualTo("400 invalid_request");
            assertThat(GrantClient.error(
                            caller.token(form + "&client_id=app", "Authorization", basic("shop", "se%3Acret"))))
                    .isEqualTo("401 invalid_client");
        }
    }

    @Test
    void onlyPostIsAllowed() throws Exception {
        assertThat(new Web().get(issuer.uri(TestEndpoint.TOKEN)).statusCode()).isEqualTo(405);
    }

    @Test
    void aFaultLeavesTheCodeUnused() throws Exception {
        String code = code();
        issuer.on(TestEndpoint.TOKEN).answerTimes(1, Fault.status(503));
        assertThat(client.token(GrantClient.redeem(code)).statusCode()).isEqualTo(503);
        assertThat(client.token(GrantClient.redeem(code)).statusCode()).isEqualTo(200);
    }
}
