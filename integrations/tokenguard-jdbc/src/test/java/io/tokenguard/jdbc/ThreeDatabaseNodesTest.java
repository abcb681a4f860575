package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.Revocations;
import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Three guards, one PostgreSQL. More rounds and proofs by the system properties {@code test.rounds} and
 * {@code test.proofs}.
 */
class ThreeDatabaseNodesTest {
    private static final int ROUNDS = Integer.getInteger("test.rounds", 5);
    private static final int PROOFS = Integer.getInteger("test.proofs", 600);
    private static final int THREADS = 8;
    private static TestIssuer issuer;
    private final LocalPostgres database = Databases.postgres();
    private final String prefix = TestDatabase.prefix();

    @BeforeAll
    static void startIssuer() {
        issuer = TestIssuer.start();
    }

    @AfterAll
    static void stopIssuer() {
        issuer.close();
    }

    private TokenGuardBuilder guard() {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .build())
                .route("/orders authenticated")
                .sharedState(JdbcState.of(database.dataSource()).tablePrefix(prefix));
    }

    private List<TokenGuard> guards() {
        List<TokenGuard> guards =
                Stream.generate(() -> guard().build()).limit(3).toList();
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

    @Test
    void refuseWhatOneOfThemRevokedWhileTheDatabaseIsKilled() {
        List<TokenGuard> guards = guards();
        List<String> revoked = new ArrayList<>();
        List<Long> millis = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String name = prefix + round;
            revoked.add(issuer.token().claim("jti", name).sign());
            millis.add(revoke(guards, name, revoked.get(round), round));
        }
        millis.sort(null);
        System.out.printf(
                "revocation: median %d ms, p99 %d ms, worst %d ms of %d rounds%n",
                millis.get(ROUNDS / 2), millis.get((ROUNDS * 99 + 99) / 100 - 1), millis.get(ROUNDS - 1), ROUNDS);
        assertThat(millis.get((ROUNDS * 99 + 99) / 100 - 1)).isLessThanOrEqualTo(2_000);
        try (TokenGuard late = guard().build()) {
            assertThat(revoked).allMatch(token -> reason(late, token) == RefusalReason.REVOKED);
        }
        guards.forEach(TokenGuard::close);
    }

    /** In every tenth round the server is killed before or after; returns how long it took the last node. */
    private long revoke(List<TokenGuard> guards, String name, String token, int round) {
        if (round % 20 == 3) {
            database.restart();
            String good = issuer.token().sign();
            guards.forEach(guard -> await().until(() -> reason(guard, good) == null
                    && guard.health().revocation().trouble().isEmpty()));
        }
        assertThat(guards).allMatch(guard -> reason(guard, token) == null);
        long start = System.nanoTime();
        TokenGuard first = guards.get(round % guards.size());
        assertThat(first.revoke(Revocation.token(issuer.issuer(), name))).isTrue();
        assertThat(reason(first, token)).isEqualTo(RefusalReason.REVOKED);
        if (round % 20 == 13) {
            database.kill();
            database.start();
            start = System.nanoTime();
        }
        await().atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> guards.stream().allMatch(guard -> reason(guard, token) == RefusalReason.REVOKED));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @Test
    void takeEachProofOnceBetweenThem() {
        try (Node one = new Node(database, prefix);
                Node two = new Node(database, prefix);
                Node three = new Node(database, prefix)) {
            List<Node> nodes = List.of(one, two, three);
            nodes.forEach(Node::takenProof);
            AtomicIntegerArray passes = new AtomicIntegerArray(PROOFS);
            Instant madeAt = Instant.now();
            List<Thread> threads = IntStream.range(0, THREADS)
                    .mapToObj(thread -> new Thread(() -> useAll(nodes, thread, passes, madeAt)))
                    .toList();
            threads.forEach(Thread::start);
            threads.forEach(ThreeDatabaseNodesTest::join);
            long once = IntStream.range(0, PROOFS)
                    .filter(proof -> passes.get(proof) == 1)
                    .count();
            System.out.printf("replay: of %d proofs, each on 3 nodes, %d were taken once%n", PROOFS, once);
            assertThat(IntStream.range(0, PROOFS)).noneMatch(proof -> passes.get(proof) > 1);
            assertThat(once).isPositive();
        }
    }

    /** The proofs are kept for longer than the test runs: a proof may be taken again once it is forgotten. */
    private static void useAll(List<Node> nodes, int thread, AtomicIntegerArray passes, Instant madeAt) {
        Instant forgetAt = madeAt.plus(Duration.ofHours(2));
        for (int turn = 0; turn < nodes.size(); turn++) {
            for (int proof = thread / 2; proof < PROOFS; proof += THREADS / 2) {
                Node node = nodes.get((thread + proof + turn) % nodes.size());
                if (node.use(Node.proof(proof), madeAt, forgetAt) == Use.FIRST) {
                    passes.incrementAndGet(proof);
                }
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void shareARevocationUnderTwoConfigurations() {
        String token = issuer.token().claim("jti", prefix).sign();
        String good = issuer.token().sign();
        try (TokenGuard before = guard().build();
                TokenGuard after = guard().revocations(Revocations.local().capacity(5_000))
                        .route("/invoices scope invoices")
                        .build()) {
            assertThat(before.revoke(Revocation.token(issuer.issuer(), prefix))).isTrue();
            await().until(() -> reason(after, token) == RefusalReason.REVOKED);
            assertThat(reason(after, good)).isNull();
            assertThat(after.revoke(Revocation.issuer(issuer.issuer()))).isTrue();
            await().until(() -> reason(before, good) == RefusalReason.REVOKED);
        }
    }

    @Test
    void refuseEverythingWhileNothingIsKnown() {
        guard().build().close();
        database.kill();
        try (TokenGuard guard = guard().build()) {
            String good = issuer.token().sign();
            await().until(() -> reason(guard, good) == RefusalReason.REVOCATION_UNKNOWN);
            database.start();
            await().until(() -> reason(guard, good) == null);
        }
    }
}
