package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8693. */
class TokenExchangeTest {
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final TestIssuer issuer =
            TestIssuer.builder().keys(KnownKeys.EC).clock(clock).start();
    private final GrantClient client = new GrantClient(issuer);

    @AfterEach
    void stop() {
        issuer.close();
    }

    private String token(String subject) {
        return issuer.token().subject(subject).scope("a", "b").sign();
    }

    private static Map<String, String> request(String subject) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("client_id", "shop");
        form.put("subject_token", subject);
        form.put("subject_token_type", ACCESS_TOKEN);
        form.put("audience", "inner");
        return form;
    }

    private HttpResponse<String> answer(Map<String, String> form) throws Exception {
        return client.token(GrantClient.form(form));
    }

    @Test
    void aTokenIsExchangedForOneOfAnotherAudience() throws Exception {
        Map<String, String> form = request(token("alice"));
        form.put("scope", "a");
        Map<String, Object> members = GrantClient.json(answer(form));
        assertThat(members)
                .containsEntry("issued_token_type", ACCESS_TOKEN)
                .containsEntry("token_type", "Bearer")
                .containsEntry("expires_in", 300L);
        assertThat(TokenReader.payload((String) members.get("access_token")))
                .containsEntry("sub", "alice")
                .containsEntry("aud", "inner")
                .containsEntry("scope", "a")
                .containsEntry("client_id", "shop")
                .doesNotContainKey("act");
    }

    @Test
    void theActorIsNamed() throws Exception {
        Map<String, String> form = request(token("alice"));
        form.put("actor_token", token("shop"));
        form.put("actor_token_type", ACCESS_TOKEN);
        Map<String, Object> members = GrantClient.json(answer(form));
        assertThat(TokenReader.payload((String) members.get("access_token")))
                .containsEntry("act", Map.of("sub", "shop"));
    }

    @ParameterizedTest
    @CsvSource({
        "scope, c, invalid_scope",
        "subject_token, e30.e30.e30, invalid_request",
        "subject_token, opaque, invalid_request",
        "subject_token_type, urn:x, invalid_request",
        "requested_token_type, urn:x, invalid_request"
    })
    void whatCanNotBeExchangedIsRefused(String name, String value, String error) throws Exception {
        Map<String, String> form = request(token("alice"));
        form.put(name, value);
        assertThat(GrantClient.json(answer(form))).containsEntry("error", error);
    }

    @Test
    void tokensThatAreOverOrOfAnotherIssuerAreRefused() throws Exception {
        try (TestIssuer other = TestIssuer.builder().clock(clock).start()) {
            assertThat(answer(request(other.token().sign())).statusCode()).isEqualTo(400);
        }
        String old = token("alice");
        clock.advance(Duration.ofHours(1));
        assertThat(answer(request(old)).statusCode()).isEqualTo(400);
    }
}
