package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three guards, one Redis. More rounds and proofs by the system properties {@code test.rounds} and {@code test.proofs}. */
class ThreeNodesTest {
    private static final int ROUNDS = Integer.getInteger("test.rounds", 15);
    private static final int PROOFS = Integer.getInteger("test.proofs", 4_000);
    private static final int THREADS = 64;
    private static final String AUDIENCE = "https://api.example.com";
    private static TestIssuer issuer;

    @BeforeAll
    static void startIssuer() {
        issuer = TestIssuer.start();
    }

    @AfterAll
    static void stopIssuer() {
        issuer.close();
    }

    private static TokenGuardBuilder guard(LocalRedis redis) {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .build())
                .resourceHosts("api.example.com")
                .route("/orders authenticated")
                .sharedState(redis.address());
    }

    private static List<TokenGuard> guards(LocalRedis redis) {
        List<TokenGuard> guards =
                Stream.generate(() -> guard(redis).build()).limit(3).toList();
        String good = issuer.token().sign();
        guards.forEach(guard -> await().until(() -> reason(guard, good) == null));
        return guards;
    }

    private static RefusalReason reason(TokenGuard guard, String token) {
        try {
            guard.validate(token);
            return null;
        } catch (RefusedException refused) {
            return refused.reason();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "yes"})
    void refuseWhatOneOfThemRevokedWhateverHappensToRedis(String appendOnly) {
        try (LocalRedis redis = LocalRedis.launch("--appendonly", appendOnly)) {
            List<TokenGuard> guards = guards(redis);
            List<String> revoked = new ArrayList<>();
            List<Long> millis = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                String name = appendOnly + round;
                revoked.add(issuer.token().claim("jti", name).sign());
                millis.add(revoke(redis, guards, name, revoked.get(round), round));
            }
            millis.sort(null);
            System.out.printf(
                    "revocation, append-only %s: median %d ms, p99 %d ms, worst %d ms of %d rounds%n",
                    appendOnly,
                    millis.get(ROUNDS / 2),
                    millis.get(ROUNDS * 99 / 100 - 1),
                    millis.get(ROUNDS - 1),
                    ROUNDS);
            assertThat(millis.get(ROUNDS * 99 / 100 - 1)).isLessThanOrEqualTo(1_000);
            assertThat(millis.get(ROUNDS - 1)).isLessThanOrEqualTo(5_000);
            try (TokenGuard late = guard(redis).build()) {
                await().atMost(Duration.ofSeconds(5))
                        .until(() -> revoked.stream().allMatch(token -> reason(late, token) == RefusalReason.REVOKED));
            }
            guards.forEach(TokenGuard::close);
        }
    }

    /** In every twentieth round Redis is killed just before, or right after; says how long it took the last node. */
    private static long revoke(LocalRedis redis, List<TokenGuard> guards, String name, String token, int round) {
        if (round % 20 == 5) {
            redis.restart();
        }
        assertThat(guards).allMatch(guard -> reason(guard, token) == null);
        long start = System.nanoTime();
        TokenGuard first = guards.get(round % guards.size());
        first.revoke(Revocation.token(issuer.issuer(), name));
        assertThat(reason(first, token)).isEqualTo(RefusalReason.REVOKED);
        if (round % 20 == 15) {
            redis.restart();
        }
        await().atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> guards.stream().allMatch(guard -> reason(guard, token) == RefusalReason.REVOKED));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @Test
    void takeEachProofOnceBetweenThem() throws Exception {
        try (LocalRedis redis = LocalRedis.launch();
                Node one = new Node(redis.address());
                Node two = new Node(redis.address());
                Node three = new Node(redis.address())) {
            List<Node> nodes = List.of(one, two, three);
            AtomicIntegerArray passes = new AtomicIntegerArray(PROOFS);
            // Kept for longer than the test runs: a proof may be taken again once it is forgotten.
            Instant madeAt = Instant.now();
            Instant forgetAt = madeAt.plus(Duration.ofHours(2));
            long start = System.nanoTime();
            inParallel(thread -> {
                for (int turn = 0; turn < nodes.size(); turn++) {
                    for (int proof = thread / 4; proof < PROOFS; proof += THREADS / 4) {
                        Node node = nodes.get((thread + proof + turn) % nodes.size());
                        if (node.use(Node.proof(proof), madeAt, forgetAt) == Use.FIRST) {
                            passes.incrementAndGet(proof);
                        }
                    }
                }
            });
            long once = IntStream.range(0, PROOFS)
                    .filter(proof -> passes.get(proof) == 1)
                    .count();
            System.out.printf(
                    "replay: %d proofs, each 12 times over 3 nodes and %d threads: %d taken once, in %d s%n",
                    PROOFS,
                    THREADS,
                    once,
                    Duration.ofNanos(System.nanoTime() - start).toSeconds());
            assertThat(IntStream.range(0, PROOFS)).noneMatch(proof -> passes.get(proof) > 1);
            assertThat(once).isGreaterThan(PROOFS * 9L / 10);
        }
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void inParallel(Work work) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> tasks = IntStream.range(0, THREADS)
                    .mapToObj(thread -> (Callable<Void>) () -> {
                        work.run(thread);
                        return null;
                    })
                    .toList();
            for (Future<Void> done : workers.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            workers.shutdown();
        }
    }

    private static IncomingRequest proven(String token, String proof) {
        return IncomingRequest.builder("GET", "/orders")
                .overTls()
                .header("Host", "api.example.com")
                .header("Authorization", "DPoP " + token)
                .header("DPoP", proof)
                .build();
    }

    private static boolean passes(TokenGuard guard, String token, String proof) {
        return guard.decide(proven(token, proof)) instanceof Decision.Granted;
    }

    @Test
    void takeEachRequestWithAProofOnceBetweenThem() {
        try (LocalRedis redis = LocalRedis.launch()) {
            List<TokenGuard> guards = guards(redis);
            DpopClient client = DpopClient.create();
            String token = issuer.token().boundTo(client.key()).sign();
            await().until(() -> passes(guards.get(0), token, proof(client, token)));
            for (int i = 0; i < 50; i++) {
                String proof = proof(client, token);
                assertThat(guards.parallelStream().filter(guard -> passes(guard, token, proof)))
                        .hasSize(1);
            }
            guards.forEach(TokenGuard::close);
        }
    }

    private static String proof(DpopClient client, String token) {
        return client.proof("GET", "https://api.example.com/orders")
                .forToken(token)
                .sign();
    }

    @Test
    void takeEachOthersNonces() {
        try (LocalRedis redis = LocalRedis.launch();
                TokenGuard one =
                        guard(redis).dpop(Dpop.supported().askForNonces()).build();
                TokenGuard other =
                        guard(redis).dpop(Dpop.supported().askForNonces()).build()) {
            DpopClient client = DpopClient.create();
            String token = issuer.token().boundTo(client.key()).sign();
            await().until(() -> {
                Decision asking = one.decide(proven(token, proof(client, token)));
                if (asking instanceof Decision.Refused refused) {
                    refused.challenge()
                            .headers()
                            .getOrDefault("DPoP-Nonce", List.of())
                            .forEach(client::useNonce);
                }
                return passes(other, token, proof(client, token));
            });
        }
    }

    @Test
    void refuseOrPassByPolicyWhenRedisIsGoneForTooLong() {
        String token = issuer.token().sign();
        String revoked = issuer.token().claim("jti", "known").sign();
        Revocations impatient = Revocations.local().outageAfter(Duration.ofSeconds(1));
        try (LocalRedis redis = LocalRedis.launch();
                TokenGuard strict = guard(redis).revocations(impatient).build();
                TokenGuard lenient = guard(redis)
                        .revocations(impatient.outage(FailurePolicy.FAIL_OPEN))
                        .build()) {
            await().until(() -> reason(strict, token) == null && reason(lenient, token) == null);
            strict.revoke(Revocation.token(issuer.issuer(), "known"));
            await().until(() -> reason(lenient, revoked) == RefusalReason.REVOKED);
            redis.kill();
            await().until(() -> reason(strict, token) == RefusalReason.REVOCATION_UNKNOWN);
            assertThat(reason(lenient, token)).isNull();
            assertThat(reason(lenient, revoked)).isEqualTo(RefusalReason.REVOKED);
            assertThat(reason(strict, revoked)).isEqualTo(RefusalReason.REVOKED);
            redis.run();
            await().until(() -> reason(strict, token) == null);
        }
    }
}
