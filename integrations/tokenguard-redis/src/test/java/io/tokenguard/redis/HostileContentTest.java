package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries in Redis that others wrote: they can revoke, and never allow anything. */
class HostileContentTest {
    private static final KeyLayout KEYS = new KeyLayout("default");
    private static final String TARGET = Revocation.issuer("https://x.example").target();
    private static TestIssuer issuer;
    private LocalRedis redis;

    @BeforeAll
    static void startIssuer() {
        issuer = TestIssuer.start();
    }

    @AfterAll
    static void stopIssuer() {
        issuer.close();
    }

    @BeforeEach
    void startRedis() {
        redis = LocalRedis.launch();
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    private TokenGuard guard() {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .build())
                .route("/orders authenticated")
                .sharedState(redis.address())
                .build();
    }

    private static RefusalReason reason(TokenGuard guard, String token) {
        try {
            guard.validate(token);
            return null;
        } catch (RefusedException refused) {
            return refused.reason();
        }
    }

    private static boolean passes(TokenGuard guard, String token, String proof) {
        return guard.decide(IncomingRequest.builder("GET", "/orders")
                        .overTls()
                        .header("Host", "api.example.com")
                        .header("Authorization", "DPoP " + token)
                        .header("DPoP", proof)
                        .build())
                instanceof Decision.Granted;
    }

    private static void awaitSync(Node node) {
        await().until(() -> node.state()
                        .revocations()
                        .sinceSync()
                        .orElse(Duration.ofDays(1))
                        .compareTo(Duration.ofSeconds(1))
                < 0);
    }

    @Nested
    class KeyInjection {
        @ParameterizedTest
        @ValueSource(
                strings = {"a:b", "*", "x\r\nFLUSHALL\r\n", "{default}:epoch", "\u0000", "tokenguard:{default}:epoch"})
        void namesNoKeyByWhatAStrangerWrote(String name) {
            redis.ask(operator -> operator.set("bystander", "untouched"));
            DpopClient client = DpopClient.create();
            String token = issuer.token().boundTo(client.key()).sign();
            String revoked = issuer.token().claim("jti", name).sign();
            try (TokenGuard guard = guard()) {
                await().until(() -> passes(
                        guard,
                        token,
                        client.proof("GET", "https://api.example.com/orders")
                                .forToken(token)
                                .sign()));
                String proof = client.proof("GET", "https://api.example.com/orders")
                        .forToken(token)
                        .claim("jti", name)
                        .sign();
                passes(guard, token, proof);
                assertThat(passes(guard, token, proof)).isFalse();
                guard.revoke(Revocation.token(issuer.issuer(), name));
                assertThat(reason(guard, revoked)).isIn(RefusalReason.REVOKED, RefusalReason.CLAIMS_MALFORMED);
                await().until(() -> redis.ask(operator -> operator.xlen(KEYS.revocations())) == 1);
            }
            List<String> names = redis.ask(operator -> operator.keys("*"));
            assertThat(names)
                    .contains("bystander")
                    .allMatch(key -> key.equals("bystander")
                            || key.startsWith("tokenguard:{default}:")
                            || key.matches("tokenguard:default:proof:[A-Za-z0-9_-]{43}"));
        }
    }

    @Nested
    class Garbage {
        static List<Map<String, String>> entries() {
            String huge = "x".repeat(1_000_000);
            return List.of(
                    Map.of("x", "y"),
                    Map.of("v", "1"),
                    Map.of("v", "1", "k", "TOKEN", "t", TARGET),
                    Map.of("v", "1", "k", "TOKEN", "t", TARGET.substring(1), "f", "9999999999999"),
                    Map.of("v", "1", "k", "TOKEN", "t", TARGET, "f", "99999999999999999999"),
                    Map.of("v", "1", "k", "TOKEN", "t", TARGET, "f", "-1"),
                    Map.of("v", "1", "k", "TOKEN", "t", TARGET, "f", "9999999999999", "b", "soon"),
                    Map.of("v", "1", "k", "EVERYTHING", "t", TARGET, "f", "9999999999999"),
                    Map.of("v", "2", "k", "TOKEN", "t", TARGET, "f", "9999999999999"),
                    Map.of("v", "1", "k", huge, "t", huge, "f", huge),
                    Map.of(huge, huge));
        }

        @ParameterizedTest
        @MethodSource("entries")
        void skipsWhatItCanNotReadAndSaysSo(Map<String, String> entry) {
            Revocation after = Node.revocation("after");
            redis.ask(operator -> operator.xadd(KEYS.revocations(), entry));
            redis.ask(operator -> operator.xadd(KEYS.revocations(), RevocationEntry.write(after)));
            try (Node node = new Node(RedisAddress.parse(redis.address()), Node.terms())) {
                await().until(() -> node.seen().contains(after));
                assertThat(node.seen()).containsExactly(after);
                await().untilAsserted(() ->
                        assertThat(node.state().revocations().trouble()).contains(Failure.UNREADABLE.words()));
                awaitSync(node);
            }
        }

        @Test
        void takesAProofWhoseKeyHoldsSomethingElseForUsed() {
            byte[] proof = Node.proof();
            redis.ask(operator -> operator.lpush(KEYS.proof(proof), "x"));
            try (Node node = new Node(redis.address())) {
                assertThat(node.use(proof)).isEqualTo(Use.REPEATED);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "short", "x y", "huge"})
        void hasNoSecretWhereOtherThingsStand(String text) {
            String value = text.equals("huge") ? "x".repeat(1_000_000) : text;
            redis.ask(operator -> operator.set(KEYS.nonceSecret(), value));
            try (Node node = new Node(RedisAddress.parse(redis.address()), Node.terms())) {
                assertThat(node.state().nonceSecret()).isEmpty();
                await().until(() ->
                        node.state().revocations().trouble().equals(Optional.of(Failure.SECRET_UNREADABLE.words())));
            }
        }

        @Test
        void hasNoSecretWhereAListStands() {
            redis.ask(operator -> operator.lpush(KEYS.nonceSecret(), "x"));
            try (Node node = new Node(RedisAddress.parse(redis.address()), Node.terms())) {
                assertThat(node.state().nonceSecret()).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "x y", "x 99999999999999", "x -1", " ", "x 99999999999999999999999"})
        void beginsAnEpochWhereNoneIsTold(String text) {
            redis.ask(operator -> operator.set(KEYS.epoch(), text));
            Instant before = Instant.now().minusSeconds(1);
            try (Node node = new Node(redis.address())) {
                assertThat(node.use(Node.proof(), before)).isEqualTo(Use.REPEATED);
                redis.ask(operator -> operator.del(KEYS.epoch()));
                redis.ask(operator -> operator.lpush(KEYS.epoch(), "x"));
                await().until(() ->
                        redis.ask(operator -> operator.type(KEYS.epoch())).equals("string"));
                node.awaitProofs();
            }
        }
    }

    @Nested
    class ForgedEntries {
        @Test
        void canOnlyRevoke() {
            String good = issuer.token().claim("jti", "good").sign();
            String bad = issuer.token().claim("jti", "bad").sign();
            try (TokenGuard guard = guard()) {
                await().until(() -> reason(guard, good) == null);
                guard.revoke(Revocation.token(issuer.issuer(), "bad"));
                Revocation tame = Revocation.token(issuer.issuer(), "bad")
                        .issuedBefore(Instant.EPOCH)
                        .until(Instant.now().plusSeconds(1));
                redis.ask(operator -> operator.xadd(KEYS.revocations(), RevocationEntry.write(tame)));
                forge(new Random(7));
                Revocation last = Revocation.token(issuer.issuer(), "good")
                        .until(Instant.now().plusSeconds(600));
                assertThat(reason(guard, good)).isNull();
                redis.ask(operator -> operator.xadd(KEYS.revocations(), RevocationEntry.write(last)));
                await().until(() -> reason(guard, good) == RefusalReason.REVOKED);
                await().during(Duration.ofSeconds(1)).until(() -> reason(guard, bad) == RefusalReason.REVOKED);
            }
        }

        private void forge(Random random) {
            List<String> names = List.of("v", "k", "t", "b", "f", "x");
            List<String> values =
                    List.of("1", "0", "TOKEN", "ISSUER", TARGET, "-1", "\u0000", "9999999999999", "*", "");
            redis.ask(operator -> {
                for (int i = 0; i < 300; i++) {
                    Map<String, String> entry = new HashMap<>(Map.of("v", "1", "k", "TOKEN", "t", TARGET));
                    for (int field = random.nextInt(4); field >= 0; field--) {
                        entry.put(names.get(random.nextInt(names.size())), values.get(random.nextInt(values.size())));
                    }
                    operator.xadd(KEYS.revocations(), entry);
                }
                return null;
            });
        }
    }
}
