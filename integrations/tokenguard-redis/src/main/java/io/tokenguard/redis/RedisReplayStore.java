package io.tokenguard.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.tokenguard.internal.store.Breaker;
import io.tokenguard.internal.store.FailureLog;
import io.tokenguard.internal.store.LateProofs;
import io.tokenguard.spi.ReplayStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * The proofs that were used on any node, one key each. Thread-safe. A call waits for a limited time, 250 ms by default, and
 * returns at once while Redis is unreachable or does not answer.
 */
final class RedisReplayStore implements ReplayStore {
    /** How long a request waits for Redis if the guard sets no limit. */
    static final Duration USUAL_LIMIT = Duration.ofMillis(250);

    /** Other nodes' clocks may be behind this one's. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Link link;
    private final KeyLayout keys;
    private final FailureLog<Concern> failures;
    private final Clock clock;
    private final Runnable onClose;
    private final Breaker breaker = new Breaker();
    private final LateProofs late = new LateProofs();

    RedisReplayStore(Link link, RedisParts parts, Runnable onClose) {
        this.link = link;
        this.keys = parts.keys();
        this.failures = parts.failures();
        this.clock = parts.clock();
        this.onClose = onClose;
    }

    @Override
    public Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
        return use(proof, madeAt, forgetAt, USUAL_LIMIT);
    }

    @Override
    public Use use(byte[] proof, Instant madeAt, Instant forgetAt, Duration limit) {
        link.requestsWait(limit);
        RedisSession session = link.session();
        if (session == null || isClosedToRequests()) {
            return Use.UNKNOWN;
        }
        if (link.mayHaveLost(madeAt)) {
            return Use.REPEATED;
        }
        Duration life = Duration.between(clock.instant(), forgetAt).plus(GRACE);
        return ask(session, new Claim(keys.proof(proof), madeAt, life, late.round()), limit);
    }

    private record Claim(String key, Instant madeAt, Duration life, int round) {}

    /**
     * Requests that got no answer for half a second open the circuit; a later probe that is answered in time closes it. No
     * request waits for the probe.
     */
    private boolean isClosedToRequests() {
        return !link.takesProofs() || !breaker.isClosed(link.quickAt());
    }

    private Use ask(RedisSession session, Claim claim, Duration limit) {
        SetArgs once = SetArgs.Builder.nx().px(claim.life);
        long start = System.nanoTime();
        CompletableFuture<String> stored =
                session.commands().set(claim.key, "1", once).toCompletableFuture();
        try {
            // A copy, as a wait that ends cancels what it waits for.
            String answer = Answer.within(limit, stored.copy());
            breaker.succeeded();
            // After a reconnect, or in a new epoch, the server may lack earlier proofs.
            if (session.isOver() || link.mayHaveLost(claim.madeAt)) {
                return Use.REPEATED;
            }
            return answer != null || late.take(claim.key) ? Use.FIRST : Use.REPEATED;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            keepLate(stored, claim);
            return Use.UNKNOWN;
        } catch (RedisException failure) {
            keepLate(stored, claim);
            miss(failure, start);
            return Use.UNKNOWN;
        }
    }

    private void keepLate(CompletableFuture<String> stored, Claim claim) {
        CompletableFuture<Void> unused = stored.thenAccept(answer -> {
            if (answer != null) {
                late.stored(claim.key, claim.round);
            }
        });
    }

    private void miss(RedisException failure, long start) {
        failures.begin(Concern.WRITING, Failure.of(failure));
        if (breaker.missed(start, System.nanoTime(), link.quickAt())) {
            link.wakeForProbe();
        }
    }

    @Override
    public boolean useAlone(byte[] proof) {
        return late.useAlone(keys.proof(proof));
    }

    /** Since the last successful probe; probes run four times a second. */
    @Override
    public Duration outOfReachFor() {
        boolean isInReach = link.session() != null && !isClosedToRequests();
        return isInReach ? Duration.ZERO : link.sinceGood();
    }

    @Override
    public Instant knownSince() {
        return link.lostUntil();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
