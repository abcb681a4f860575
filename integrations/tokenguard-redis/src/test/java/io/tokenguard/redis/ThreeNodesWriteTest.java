package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.api.sync.RedisCommands;
import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.IdempotentWrite.Start;
import io.tokenguard.testkit.TestIssuer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes that happen once on three nodes with one Redis. */
class ThreeNodesWriteTest {
    private static final int REQUESTS = 24;
    private static final String AUDIENCE = "https://api.example.com";
    private final TestIssuer issuer = TestIssuer.builder().audience(AUDIENCE).start();
    private final LocalRedis redis = LocalRedis.launch();
    private final List<TokenGuard> guards =
            Stream.generate(this::guard).limit(3).toList();
    private final String token =
            issuer.token().subject("alice").clientId("shop").sign();

    private TokenGuard guard() {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .build())
                .resourceHosts("api.example.com")
                .route("/orders authenticated")
                .write("POST /orders idempotent 1h")
                .sharedState(redis.address())
                .build();
    }

    @BeforeEach
    void awaitRedis() {
        for (TokenGuard guard : guards) {
            await().until(() -> guard.health().isReady()
                    && guard.health().revocation().trouble().isEmpty());
            await().until(() -> {
                WriteClient.Begun probe = WriteClient.begin(guard, token, "probe");
                probe.write().abandon();
                return probe.runs();
            });
        }
    }

    @AfterEach
    void stop() {
        guards.forEach(TokenGuard::close);
        redis.close();
        issuer.close();
    }

    private static List<WriteClient.Begun> sendAll(List<TokenGuard> guards, String token) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(REQUESTS);
        try {
            List<Future<WriteClient.Begun>> sent = IntStream.range(0, REQUESTS)
                    .mapToObj(i ->
                            threads.submit(() -> WriteClient.begin(guards.get(i % guards.size()), token, "once")))
                    .toList();
            List<WriteClient.Begun> begun = new ArrayList<>();
            for (Future<WriteClient.Begun> one : sent) {
                begun.add(one.get());
            }
            return begun;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void ofManyRequestsAtTheSameTimeOneRuns() throws Exception {
        List<WriteClient.Begun> begun = sendAll(guards, token);
        assertThat(begun).filteredOn(WriteClient.Begun::runs).hasSize(1);
        assertThat(begun).filteredOn(one -> !one.runs()).allMatch(one -> one.status() == 409 || one.status() == 503);
    }

    @Test
    void theAnswerOfOneNodeIsRepeatedByTheOthers() {
        WriteClient.begin(guards.get(0), token, "k").write().end(WriteClient.answer(201));
        for (TokenGuard guard : guards) {
            assertThat(WriteClient.begin(guard, token, "k").start())
                    .isInstanceOfSatisfying(
                            Start.Repeat.class,
                            repeated -> assertThat(repeated.answer().body())
                                    .asString()
                                    .isEqualTo("done"));
        }
    }

    @Test
    void aLongAnswerIsNotCut() {
        byte[] body = "x".repeat(60_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        WriteClient.begin(guards.get(0), token, "k")
                .write()
                .end(new io.tokenguard.access.IdempotentWrite.Answer(200, java.util.Map.of(), body));
        assertThat(WriteClient.begin(guards.get(1), token, "k").start())
                .isInstanceOfSatisfying(
                        Start.Repeat.class,
                        repeated -> assertThat(repeated.answer().body()).isEqualTo(body));
    }

    @Test
    void afterAFailureAnotherNodeRuns() {
        WriteClient.begin(guards.get(0), token, "k").write().end(WriteClient.answer(500));
        assertThat(WriteClient.begin(guards.get(1), token, "k").runs()).isTrue();
    }

    /** A node that is killed releases nothing: Redis ends its claim with the lease, and a grace for clocks. */
    @Test
    void aClaimEndsWithItsLeaseAndAnAnswerWithItsTime() {
        WriteClient.Begun begun = WriteClient.begin(guards.get(0), token, "k");
        assertThat(millisLeft()).isBetween(620_000L, 630_000L);
        begun.write().end(WriteClient.answer(201));
        assertThat(millisLeft()).isBetween(3_620_000L, 3_630_000L);
    }

    /** As the lease does when it ends. */
    @Test
    void anAttemptWhoseLeaseEndedNeitherStoresNorReleasesForTheNext() {
        WriteClient.Begun slow = WriteClient.begin(guards.get(0), token, "k");
        redis.ask(server -> server.del(key(server)));
        WriteClient.Begun next = WriteClient.begin(guards.get(1), token, "k");
        assertThat(next.runs()).isTrue();
        slow.write().end(WriteClient.answer(500));
        assertThat(WriteClient.begin(guards.get(2), token, "k").status()).isEqualTo(409);
        next.write().end(WriteClient.answer(201));
        assertThat(WriteClient.begin(guards.get(2), token, "k").status()).isEqualTo(201);
    }

    /** Redis may hold what nobody of this version wrote: then nothing runs, and nothing fails. */
    @Test
    void whatIsNoRecordLetsNothingRun() {
        WriteClient.begin(guards.get(0), token, "k").write().end(WriteClient.answer(201));
        redis.ask(server -> server.set(key(server), "record:nonsense"));
        assertThat(WriteClient.begin(guards.get(1), token, "k").status()).isEqualTo(503);
    }

    private long millisLeft() {
        return redis.ask(server -> server.pttl(key(server)));
    }

    private static String key(RedisCommands<String, String> server) {
        return server.keys("tokenguard:*:write:*").get(0);
    }

    @Test
    void withoutRedisNothingRuns() {
        redis.kill();
        await().untilAsserted(() -> assertThat(
                        WriteClient.begin(guards.get(0), token, "k").status())
                .isEqualTo(503));
    }
}
