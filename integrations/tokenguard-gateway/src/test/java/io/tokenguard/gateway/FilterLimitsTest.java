package io.tokenguard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits and brake by property, in the servlet filter, over real HTTP in Jetty. */
class FilterLimitsTest {
    private final TestIssuer issuer =
            TestIssuer.builder().audience(GuardedApi.AUDIENCE).start();
    private final HttpClient client = HttpClient.newHttpClient();
    private FilteredNode node;

    @BeforeEach
    void start() {
        node = FilteredNode.start(
                issuer,
                Map.of(
                        "tokenguard.limits.orders", "/orders/** limit 3/1h per subject",
                        "tokenguard.brake.mode", "on",
                        "tokenguard.brake.max-failures", "10",
                        "tokenguard.brake.new-tokens", "1"));
    }

    @AfterEach
    void stop() {
        node.close();
        issuer.close();
    }

    private HttpResponse<String> get(String path, String token, String... fields)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(node.address() + path)).header("Authorization", "Bearer " + token);
        if (fields.length > 0) {
            request.headers(fields);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String token(String subject) {
        return issuer.token().subject(subject).sign();
    }

    @Test
    void aRequestWithinTheLimitIsServedWithTheFieldsOfTheDraft() throws Exception {
        HttpResponse<String> answer = get("/orders", token("alice"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("served");
        assertThat(answer.headers().allValues("RateLimit-Policy")).containsExactly("\"subject-1h\";q=3;w=3600");
        assertThat(answer.headers().allValues("RateLimit")).containsExactly("\"subject-1h\";r=2;t=1200");
    }

    @Test
    void aRequestBeyondItGets429() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(get("/orders/" + i, token("alice")).statusCode()).isEqualTo(200);
        }
        HttpResponse<String> answer = get("/orders", token("alice"));
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).doesNotContain("served");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1_190L, 1_200L);
        assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"subject-1h\";r=0;t=1");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(get("/orders", token("bob")).statusCode()).isEqualTo(200);
    }

    /** Fields that some proxies and frameworks take an address, a user or a path from. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For",
                "X-Real-IP",
                "Forwarded",
                "True-Client-IP",
                "CF-Connecting-IP",
                "X-Client-IP",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-HTTP-Method-Override",
                "X-User",
                "RateLimit",
            })
    void noFieldOfTheClientEvadesTheLimit(String field) throws Exception {
        String token = token("alice");
        List<Integer> answers = IntStream.range(0, 6)
                .mapToObj(i -> status(
                        "/orders", token, field, field.equals("Forwarded") ? "for=198.51.100." + i : "198.51.100." + i))
                .toList();
        assertThat(answers).containsExactly(200, 200, 200, 429, 429, 429);
    }

    private int status(String path, String token, String... fields) {
        try {
            return get(path, token, fields).statusCode();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Each is refused as ambiguous, is another resource to everyone, or counts; none is served beyond the limit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/orders/",
                "/orders//",
                "//orders",
                "/./orders",
                "/x/../orders",
                "/%6Frders",
                "/orders%2F",
                "/ORDERS",
                "/orders;a=b",
                "/orders.json",
                "/orders%20",
                "/orders?x=1",
            })
    void noSpellingOfThePathEvadesTheLimit(String path) {
        String token = token("alice");
        for (int i = 0; i < 3; i++) {
            assertThat(status("/orders", token)).isEqualTo(200);
        }
        assertThat(status(path, token)).isNotEqualTo(200);
    }

    @Test
    void manyBadTokensTurnTheBrakeOnAndCachedTokensPass() throws Exception {
        String good = token("alice");
        assertThat(get("/orders", good).statusCode()).isEqualTo(200);
        List<Integer> answers = IntStream.range(0, 40)
                .mapToObj(bit ->
                        status("/orders", CompactToken.parse(good).flipBit(bit).compact()))
                .toList();
        assertThat(answers.subList(0, 10)).containsOnly(401);
        assertThat(answers.subList(20, 40)).contains(429);
        HttpResponse<String> braked =
                get("/orders", CompactToken.parse(good).flipBit(0).compact());
        assertThat(braked.statusCode()).isEqualTo(429);
        assertThat(braked.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
        assertThat(get("/orders", good).statusCode()).isEqualTo(200);
    }
}
