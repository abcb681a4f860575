package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 §4.1, RFC 7636, RFC 9207. */
class AuthorizationEndpointTest {
    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final TestIssuer issuer =
            TestIssuer.builder().keys(KnownKeys.EC).clock(clock).start();
    private final GrantClient client = new GrantClient(issuer);

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static Map<String, String> interactive() {
        return GrantClient.request("prompt", "");
    }

    private static String ticket(HttpResponse<String> page) {
        return page.body().replaceAll("(?s).*name=\"ticket\" value=\"([^\"]+)\".*", "$1");
    }

    private HttpResponse<String> press(HttpResponse<String> page, String button) throws Exception {
        return client.post(TestEndpoint.AUTHORIZATION, "ticket=" + ticket(page) + "&" + button);
    }

    @Test
    void aPersonChoosesAUserOnAPageWithoutScripts() throws Exception {
        HttpResponse<String> page = client.authorize(interactive());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(page.body())
                .contains("value=\"alice\"", "value=\"bob\"", "orders:read")
                .doesNotContain("<script");
        HttpResponse<String> chosen = press(page, "user=bob");
        assertThat(chosen.statusCode()).isEqualTo(303);
        String code = GrantClient.back(chosen).get("code");
        Object token = GrantClient.json(client.token(GrantClient.redeem(code))).get("access_token");
        assertThat(TokenReader.payload((String) token)).containsEntry("sub", "bob");
    }

    @Test
    void theAnswerHasStateAndIssuer() throws Exception {
        assertThat(client.comesBack(GrantClient.request()))
                .containsEntry("state", "s t&1")
                .containsEntry("iss", issuer.issuer())
                .containsKey("code");
    }

    @Test
    void aPersonCanCancel() throws Exception {
        assertThat(GrantClient.back(press(client.authorize(interactive()), "cancel=yes")))
                .containsEntry("error", "access_denied")
                .containsEntry("state", "s t&1")
                .containsEntry("iss", issuer.issuer())
                .doesNotContainKey("code");
    }

    @Test
    void aPageIsUsedOnceWithinTenMinutes() throws Exception {
        HttpResponse<String> page = client.authorize(interactive());
        assertThat(press(page, "user=alice").statusCode()).isEqualTo(303);
        assertThat(press(page, "user=alice").statusCode()).isEqualTo(400);
        HttpResponse<String> old = client.authorize(interactive());
        clock.advance(Duration.ofMinutes(10));
        assertThat(press(old, "user=alice").statusCode()).isEqualTo(400);
    }

    @Test
    void whatAClientSendsIsTextOnThePage() throws Exception {
        Map<String, String> request = interactive();
        request.put("client_id", "<b onclick=\"x\">");
        assertThat(client.authorize(request).body())
                .contains("&lt;b onclick=&quot;x&quot;&gt;")
                .doesNotContain("<b on");
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, '', invalid_request",
        "response_type, token, unsupported_response_type",
        "response_mode, fragment, invalid_request",
        "code_challenge, '', invalid_request",
        "code_challenge, short, invalid_request",
        "code_challenge_method, '', invalid_request",
        "code_challenge_method, plain, invalid_request",
        "scope, 'a\"b', invalid_scope",
        "dpop_jkt, short, invalid_request",
        "login_hint, mallory, login_required",
        "login_hint, '', login_required"
    })
    void anErrorGoesToTheClient(String name, String value, String error) throws Exception {
        assertThat(client.comesBack(GrantClient.request(name, value)))
                .containsEntry("error", error)
                .containsEntry("state", "s t&1")
                .containsEntry("iss", issuer.issuer());
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, ''",
        "redirect_uri, ''",
        "redirect_uri, https://attacker.example/back",
        "redirect_uri, http://127.0.0.1@attacker.example/back",
        "redirect_uri, http://x@127.0.0.1/back",
        "redirect_uri, http://127.0.0.1.attacker.example/back",
        "redirect_uri, http://127.0.0.1/back#part",
        "redirect_uri, ftp://127.0.0.1/back",
        "redirect_uri, not an address",
        "redirect_uri, http://127.0.0.1/\u010d\u010aSet-Cookie:x",
        "request_uri, https://127.0.0.1/request",
        "request, a.b.c"
    })
    void anErrorIsNotRedirectedToAnUnknownPlace(String name, String value) throws Exception {
        HttpResponse<String> answer = client.authorize(GrantClient.request(name, value));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void aLongRequestIsRefused() throws Exception {
        assertThat(client.authorize(GrantClient.request("nonce", "n".repeat(8 * 1024)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.authorize(GrantClient.request("nonce", "n".repeat(7 * 1024)))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void promptsAreAList() throws Exception {
        assertThat(client.comesBack(GrantClient.request("prompt", "none none"))).containsKey("code");
        assertThat(client.authorize(GrantClient.request("prompt", "login")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aUserIsNotChosenByALink() throws Exception {
        String link = "?ticket=" + ticket(client.authorize(interactive())) + "&user=alice";
        assertThat(new Web()
                        .get(URI.create(issuer.uri(TestEndpoint.AUTHORIZATION) + link))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aParameterIsSentOnce() throws Exception {
        String twice = GrantClient.form(GrantClient.request()) + "&scope=more";
        assertThat(client.post(TestEndpoint.AUTHORIZATION, twice).statusCode()).isEqualTo(400);
    }

    @Test
    void aRequestMayBePosted() throws Exception {
        assertThat(client.post(TestEndpoint.AUTHORIZATION, GrantClient.form(GrantClient.request()))
                        .statusCode())
                .isEqualTo(303);
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/back, true",
        "https://shop.example/back?x=1, false",
        "https://shop.example/back/, false",
        "https://shop.example:443/back, false",
        "http://127.0.0.1/cb, true",
        "http://127.0.0.1:51004/cb, true",
        "http://127.0.0.1:51004/cb?x=1, false",
        "http://127.0.0.1:51004/other, false",
        "https://127.0.0.1:51004/cb, false",
        "http://localhost:51004/cb, false",
        "http://[::1]:51004/cb, false"
    })
    void aRegisteredClientNamesItsRedirectUriExactlyButForALoopbackPort(String uri, boolean accepted) throws Exception {
        TestClient shop = TestClient.named("shop").redirectUris("https://shop.example/back", "http://127.0.0.1/cb");
        try (TestIssuer strict =
                TestIssuer.builder().keys(KnownKeys.EC).clients(shop).start()) {
            int status = new GrantClient(strict)
                    .authorize(GrantClient.request("redirect_uri", uri))
                    .statusCode();
            assertThat(status).isEqualTo(accepted ? 303 : 400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a=%zz&b", "&&=", "ticket=x", "ticket=x&user=alice", "client_id=x&client_id=y"})
    void aMalformedRequestIsRefused(String form) throws Exception {
        assertThat(client.post(TestEndpoint.AUTHORIZATION, form).statusCode()).isEqualTo(400);
    }
}
