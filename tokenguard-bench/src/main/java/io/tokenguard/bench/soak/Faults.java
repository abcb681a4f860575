package io.tokenguard.bench.soak;

import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One fault after the other, round and round, until the run ends. */
final class Faults implements Runnable {
    private static final Duration BETWEEN = Duration.ofSeconds(8);
    /** How long a fault may show after it has ended. */
    private static final Duration RECOVERY = Duration.ofSeconds(8);

    private final Nodes nodes;
    private final Tokens tokens;
    private final Disturbances disturbances;
    private final CountDownLatch end;
    private final List<Step> steps = List.of(
            new Step("the issuer signs with a new key", this::rotate),
            new Step("Redis is killed and starts empty", this::restartRedis),
            new Step("the issuer does not answer", this::stallIssuer),
            new Step("the clock goes back an hour", () -> jump(Duration.ofHours(-1))),
            new Step("the issuer answers 500", this::failIssuer),
            new Step("the clock goes ahead an hour", () -> jump(Duration.ofHours(1))));

    Faults(Nodes nodes, Tokens tokens, Disturbances disturbances, CountDownLatch end) {
        this.nodes = nodes;
        this.tokens = tokens;
        this.disturbances = disturbances;
        this.end = end;
    }

    private record Step(String name, Work work) {}

    private interface Work {
        void run() throws InterruptedException;
    }

    @Override
    public void run() {
        try {
            for (int i = 0; pause(BETWEEN); i++) {
                Step step = steps.get(i % steps.size());
                System.out.println("fault " + (i + 1) + ": " + step.name);
                step.work.run();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns false where the run has ended meanwhile. */
    private boolean pause(Duration length) throws InterruptedException {
        return !end.await(length.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Tokens in use move to the new key, and then the old one is withdrawn. */
    private void rotate() throws InterruptedException {
        TestKey old = nodes.issuer().currentKey();
        disturbances.disturb(Concern.NEW_KEYS, RECOVERY);
        nodes.issuer().rotate();
        pause(RECOVERY);
        tokens.signAgain();
        pause(Duration.ofSeconds(2));
        nodes.issuer().withdraw(old);
    }

    private void restartRedis() throws InterruptedException {
        Duration away = Duration.ofSeconds(3);
        disturbances.disturb(Concern.SHARED_STATE, away.plus(RECOVERY).plus(RECOVERY));
        nodes.stopRedis();
        pause(away);
        nodes.startRedis();
        pause(RECOVERY);
    }

    private void stallIssuer() throws InterruptedException {
        issuerFails(Fault.hang());
    }

    private void failIssuer() throws InterruptedException {
        issuerFails(Fault.status(500));
    }

    private void issuerFails(Fault fault) throws InterruptedException {
        Duration away = Duration.ofSeconds(6);
        disturbances.disturb(Concern.INTROSPECTION, away.plus(RECOVERY));
        for (TestEndpoint endpoint : TestEndpoint.values()) {
            nodes.issuer().on(endpoint).answer(fault);
        }
        pause(away);
        nodes.issuer().heal();
    }

    private void jump(Duration offset) throws InterruptedException {
        Duration length = Duration.ofSeconds(6);
        disturbances.disturb(Concern.CLOCK, length.plus(RECOVERY));
        nodes.clock().jumpTo(offset);
        pause(length);
        nodes.clock().jumpTo(Duration.ZERO);
    }
}
