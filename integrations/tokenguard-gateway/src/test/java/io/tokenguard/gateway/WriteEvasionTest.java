package io.tokenguard.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.IdempotentWrite.Answer;
import io.tokenguard.access.IdempotentWrite.Start;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TokenBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts to get the answer to another one's write, to learn of it, to prevent it, or to let a write happen twice. */
class WriteEvasionTest {
    private static final Answer SECRET =
            new Answer(201, Map.of("Location", List.of("/orders/1")), "secret".getBytes(StandardCharsets.UTF_8));

    private GuardedApi api = GuardedApi.start(
            settings -> settings.write("POST /orders/** idempotent 1h").idempotencyMaxBytes(1 << 20));

    @AfterEach
    void stop() {
        api.close();
    }

    private String token(UnaryOperator<TokenBuilder> changes) {
        return changes.apply(api.issuer().token().subject("alice").clientId("shop"))
                .sign();
    }

    private IdempotentWrite write(String path, String token, String key) {
        IncomingRequest request = IncomingRequest.builder("POST", path)
                .overTls()
                .clientAddress(GuardedApi.HOME)
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", key)
                .build();
        Optional<AccessToken> accepted = ((Decision.Granted) api.guard().decide(request)).accessToken();
        return api.guard().write(request, "", accepted).orElseThrow();
    }

    private static Start begin(IdempotentWrite write) throws IOException {
        return write.begin(new byte[0], InputStream.nullInputStream());
    }

    private Start begin(String path, String token) throws IOException {
        return begin(write(path, token, "\"k1\""));
    }

    private void answerTheVictim() throws IOException {
        IdempotentWrite first = write("/orders", token(victim -> victim), "\"k1\"");
        assertThat(begin(first)).isInstanceOf(Start.Run.class);
        first.end(SECRET);
        assertThat(begin("/orders", token(victim -> victim))).isInstanceOf(Start.Repeat.class);
    }

    @Test
    void theKeyOfAnotherSubjectOrClientIsANewOne() throws IOException {
        answerTheVictim();
        for (String other : List.of(
                token(attacker -> attacker.subject("mallory")),
                token(attacker -> attacker.clientId("app")),
                token(attacker -> attacker.subject("Alice")),
                token(attacker -> attacker.subject("alices").clientId("hop")),
                token(attacker -> attacker.subject("shop").clientId("alice")))) {
            assertThat(begin("/orders", other)).isInstanceOf(Start.Run.class);
        }
    }

    @Test
    void theSameSubjectOfAnotherIssuerHasKeysOfItsOwn() throws IOException {
        try (TestIssuer other = TestIssuer.builder()
                .audience(GuardedApi.AUDIENCE)
                .clock(api.clock())
                .start()) {
            GuardedApi before = api;
            api = new GuardedApi(
                    before.issuer(),
                    before.clock(),
                    GuardedApi.builder(before.issuer(), before.clock())
                            .issuer(io.tokenguard.TrustedIssuer.builder(other.issuer())
                                    .audience(GuardedApi.AUDIENCE)
                                    .build())
                            .write("POST /orders/** idempotent 1h")
                            .build());
            before.guard().close();
            api.guard().awaitReady(Duration.ofSeconds(10));
            answerTheVictim();
            String twin = other.token().subject("alice").clientId("shop").sign();
            assertThat(begin("/orders", twin)).isInstanceOf(Start.Run.class);
        }
    }

    @Test
    void aRunningKeyOfAnotherSubjectIsNotShown() throws IOException {
        assertThat(begin("/orders", token(victim -> victim))).isInstanceOf(Start.Run.class);
        assertThat(begin("/orders", token(attacker -> attacker.subject("mallory"))))
                .isInstanceOf(Start.Run.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/", "/orders;a=b"})
    void anotherSpellingOfThePathIsProtectedToo(String path) {
        IncomingRequest request = IncomingRequest.builder("POST", path)
                .overTls()
                .header("Authorization", "Bearer " + token(victim -> victim))
                .build();
        assertThat(api.guard()
                        .write(request, "", Optional.empty())
                        .orElseThrow()
                        .refusal())
                .isPresent();
    }

    @Test
    void aTrailingSlashDoesNotLetAWriteHappenTwice() throws IOException {
        answerTheVictim();
        assertThat(begin("/orders/", token(victim -> victim))).isInstanceOf(Start.Repeat.class);
    }

    @Test
    void oneWhoClaimsManyKeysPreventsNobodyElse() throws IOException {
        String flooding = token(attacker -> attacker.subject("mallory"));
        Start last = new Start.Run();
        for (int i = 0; last instanceof Start.Run && i < 10_000; i++) {
            last = begin(write("/orders", flooding, "\"k" + i + "\""));
        }
        assertThat(last)
                .isInstanceOfSatisfying(
                        Start.Refuse.class,
                        refused -> assertThat(refused.challenge().status()).isEqualTo(503));
        answerTheVictim();
    }

    @Test
    void cookiesAndCredentialsOfTheFirstAnswerAreNotRepeated() throws IOException {
        IdempotentWrite first = write("/orders", token(victim -> victim), "\"k1\"");
        begin(first);
        first.end(new Answer(
                200,
                Map.of(
                        "set-cookie", List.of("a=b"),
                        "WWW-Authenticate", List.of("Bearer"),
                        "Authentication-Info", List.of("x"),
                        "DPoP-Nonce", List.of("n"),
                        "Transfer-Encoding", List.of("chunked"),
                        "Access-Control-Allow-Origin", List.of("https://app.example"),
                        "Location", List.of("/a\r\nSet-Cookie: c=d"),
                        "ETag", List.of("\"1\"")),
                new byte[0]));
        assertThat(begin("/orders", token(victim -> victim)))
                .isInstanceOfSatisfying(
                        Start.Repeat.class,
                        repeated ->
                                assertThat(repeated.answer().fields()).containsOnlyKeys("ETag", "Idempotent-Replayed"));
    }

    @Test
    void anAnswerEndsWithItsTime() throws IOException {
        answerTheVictim();
        api.clock().advance(Duration.ofHours(1));
        assertThat(begin("/orders", token(victim -> victim))).isInstanceOf(Start.Run.class);
    }

    @Test
    void answersOutliveAnotherConfiguration() throws IOException {
        answerTheVictim();
        api.guard().reconfigure(GuardedApi.builder(api.issuer(), api.clock()).write("POST /orders/** idempotent 2h"));
        api.guard().awaitReady(Duration.ofSeconds(10));
        assertThat(begin("/orders", token(victim -> victim))).isInstanceOf(Start.Repeat.class);
    }

    @Test
    void aStateThatStoresNoWritesIsRefusedAtStart() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> GuardedApi.builder(api.issuer(), api.clock())
                        .write("POST /orders idempotent 1h")
                        .sharedState(terms -> new StateWithoutWrites())
                        .build())
                .withMessageContaining("tokenguard.writes");
    }
}
