package io.tokenguard.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.tokenguard.spi.ReplayStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The proofs that were used on any node, one key each. Thread-safe. A call takes at most 50 ms, and returns at once while
 * Redis is unreachable or has missed three answers in a row.
 */
final class RedisReplayStore implements ReplayStore {
    /** How long a request waits for Redis. */
    static final Duration LIMIT = Duration.ofMillis(50);

    /** Other nodes' clocks may be behind this one's. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Link link;
    private final KeyLayout keys;
    private final Failures failures;
    private final Clock clock;
    private final Runnable onClose;
    private final Breaker breaker = new Breaker();

    RedisReplayStore(Link link, RedisParts parts, Runnable onClose) {
        this.link = link;
        this.keys = parts.keys();
        this.failures = parts.failures();
        this.clock = parts.clock();
        this.onClose = onClose;
    }

    @Override
    public Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
        RedisSession session = link.session();
        if (session == null || isClosedToRequests()) {
            return Use.UNKNOWN;
        }
        return madeAt.isBefore(link.epoch()) ? Use.REPEATED : ask(session, proof, madeAt, forgetAt);
    }

    /**
     * Three missed answers open the circuit; a later probe that is answered in time closes it. No request waits for the
     * probe.
     */
    private boolean isClosedToRequests() {
        return !link.takesProofs() || !breaker.isClosed(link.quickAt());
    }

    private Use ask(RedisSession session, byte[] proof, Instant madeAt, Instant forgetAt) {
        Duration life = Duration.between(clock.instant(), forgetAt).plus(GRACE);
        SetArgs once = SetArgs.Builder.nx().px(life);
        long start = System.nanoTime();
        try {
            String answer = Answer.within(LIMIT, session.commands().set(keys.proof(proof), "1", once));
            // After a reconnect, or in a new epoch, the server may lack earlier proofs.
            if (session.isOver() || madeAt.isBefore(link.epoch())) {
                return Use.REPEATED;
            }
            breaker.succeeded();
            return answer == null ? Use.REPEATED : Use.FIRST;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Use.UNKNOWN;
        } catch (RedisException failure) {
            miss(failure, start);
            return Use.UNKNOWN;
        }
    }

    private void miss(RedisException failure, long start) {
        failures.begin(Failures.Concern.WRITING, Failure.of(failure));
        if (breaker.missed(start, System.nanoTime())) {
            link.wakeForPulse();
        }
    }

    /** Since the last successful probe; probes run four times a second. */
    @Override
    public Duration outOfReachFor() {
        boolean isInReach = link.session() != null && !isClosedToRequests();
        return isInReach ? Duration.ZERO : link.sinceGood();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
