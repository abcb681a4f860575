package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestIssuerExtension.class)
class HealthAnswerTest {
    private static final String PATH = "/tokenguard/health";

    private static TokenGuardBuilder settings(TestIssuer issuer) {
        return guarding(issuer).healthDocument(PATH, "ops");
    }

    private static Optional<FeedAnswer> ask(TokenGuard guard, String method, String path, String... token) {
        IncomingRequest.Builder request = IncomingRequest.builder(method, path).overTls();
        for (String one : token) {
            request.header("Authorization", "Bearer " + one);
        }
        return guard.healthAnswer(request.build());
    }

    private static FeedAnswer get(TokenGuard guard, String path, String... token) {
        return ask(guard, "GET", path, token).orElseThrow();
    }

    @Test
    void showsReadinessToEveryone(TestIssuer issuer) {
        try (TokenGuard guard = settings(issuer).build()) {
            assertThat(guard.awaitReady(Duration.ofSeconds(5))).isTrue();
            for (String path : new String[] {PATH, PATH + "/", PATH + "/ready"}) {
                FeedAnswer answer = get(guard, path);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("{\"status\":\"UP\",\"ready\":true}");
                assertThat(answer.headers())
                        .containsEntry("Content-Type", "application/json")
                        .containsEntry("Cache-Control", "no-store");
            }
        }
    }

    @Test
    void is503WithoutKeysAndLiveAllTheSame(TestIssuer issuer) {
        issuer.goDown();
        try (TokenGuard guard = settings(issuer).build()) {
            assertThat(get(guard, PATH).status()).isEqualTo(503);
            assertThat(get(guard, PATH).body()).isEqualTo("{\"status\":\"DOWN\",\"ready\":false}");
            assertThat(get(guard, PATH + "/ready").status()).isEqualTo(503);
            assertThat(get(guard, PATH + "/live").status()).isEqualTo(200);
        }
    }

    @Test
    void showsDetailsToATokenWithTheScope(TestIssuer issuer) throws MalformedException {
        try (TokenGuard guard = settings(issuer).build()) {
            FeedAnswer answer = get(guard, PATH, issuer.token().scope("ops").sign());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(JsonReader.readObject(answer.body().getBytes(US_ASCII), JsonLimits.DOCUMENT))
                    .containsKeys("status", "ready", "degraded", "keys", "introspection", "revocation", "adapters");
            assertThat(answer.body()).contains(issuer.issuer(), "\"state\":\"FRESH\"", "\"state\":\"KNOWN\"");
        }
    }

    @Test
    void refusesATokenWithoutTheScopeAndShowsNothing(TestIssuer issuer) {
        try (TokenGuard guard = settings(issuer).build()) {
            FeedAnswer answer = get(guard, PATH, issuer.token().scope("orders").sign());
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.headers().get("WWW-Authenticate")).contains("scope=\"ops\"");
            assertThat(answer.body()).doesNotContain(issuer.issuer());
            assertThat(get(guard, PATH, "a.b.c").status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /tokenguard/health",
        "GET, /tokenguard/healthy",
        "GET, /tokenguard/health/other",
        "GET, /tokenguard"
    })
    void leavesOtherRequestsAlone(String method, String path) {
        try (TestIssuer issuer = TestIssuer.start();
                TokenGuard guard = settings(issuer).build()) {
            assertThat(ask(guard, method, path)).isEmpty();
        }
    }

    @Test
    void isOffByDefault(TestIssuer issuer) {
        try (TokenGuard guard = guarding(issuer).build()) {
            assertThat(guard.healthPath()).isEmpty();
            assertThat(ask(guard, "GET", PATH)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "health", "/a//b", "/a/../b", "/a/", "/a b", "/a;b", "/%61", "/.well-known"})
    void needsAnUnambiguousPath(String path) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TokenGuard.builder().healthDocument(path, "ops"))
                .withMessageContaining("tokenguard.health.path is '" + path + "'");
    }

    @Test
    void aScopeAloneSaysThatThePathIsMissing() {
        GuardProperties properties = GuardProperties.of(Map.of(
                "tokenguard.issuer-uri", "https://issuer.example",
                "tokenguard.audiences", "api",
                "tokenguard.health.scope", "ops"));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> properties.toBuilder().build().close())
                .withMessageContaining("set tokenguard.health.path too");
    }
}
