package io.tokenguard.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.tokenguard.internal.possession.InMemoryReplayStore;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.SharedState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The proofs that were used on any node, one key each. What is used here is remembered here too, so that no fault of Redis
 * makes a proof good twice on one node. Thread-safe; a call takes 50 ms at most, and none of it where Redis has failed three
 * times in a row.
 */
final class RedisReplayStore implements ReplayStore {
    /** How long a request waits for Redis. */
    static final Duration LIMIT = Duration.ofMillis(50);

    /** Other nodes' clocks may be behind this one's. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Link link;
    private final KeyLayout keys;
    private final Troubles troubles;
    private final Clock clock;
    private final SharedState.Terms terms;
    private final Runnable onClose;
    private final InMemoryReplayStore memory;
    private final Instant start;
    private final Breaker breaker = new Breaker();

    RedisReplayStore(Link link, RedisParts parts, SharedState.Terms terms, Runnable onClose) {
        this.link = link;
        this.keys = parts.keys();
        this.troubles = parts.troubles();
        this.clock = parts.clock();
        this.terms = terms;
        this.onClose = onClose;
        this.memory = new InMemoryReplayStore(clock, terms.replayCapacity());
        this.start = clock.instant();
    }

    @Override
    public Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
        Session session = link.session();
        if (session == null || isClosedToRequests()) {
            return useAlone(proof, madeAt, forgetAt);
        }
        if (madeAt.isBefore(link.epoch())) {
            return Use.REPEATED;
        }
        Use here = memory.use(proof, madeAt, forgetAt);
        return here == Use.FIRST ? ask(session, proof, madeAt, forgetAt) : here;
    }

    /** Three misses close the way; a quick pulse after them, for which no request waits, opens it. */
    private boolean isClosedToRequests() {
        return !link.takesProofs() || !breaker.isClosed(link.quickAt());
    }

    private Use ask(Session session, byte[] proof, Instant madeAt, Instant forgetAt) {
        Duration life = Duration.between(clock.instant(), forgetAt).plus(GRACE);
        SetArgs once = SetArgs.Builder.nx().px(life);
        long start = System.nanoTime();
        try {
            String answer = Answer.within(LIMIT, session.commands().set(keys.proof(proof), "1", once));
            // Whoever answers over a connection that broke in between, or in an epoch that began, may have forgotten.
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
        troubles.begin(Troubles.Concern.WRITING, Trouble.of(failure));
        if (breaker.missed(start, System.nanoTime())) {
            link.wakeForPulse();
        }
    }

    /** A proof that is older than this process may have been used here before it was started again. */
    private Use useAlone(byte[] proof, Instant madeAt, Instant forgetAt) {
        if (!terms.judgesAlone() || link.sinceGood().compareTo(terms.outageAfter()) < 0) {
            return Use.UNKNOWN;
        }
        if (madeAt.isBefore(start)) {
            return Use.REPEATED;
        }
        troubles.judgedAlone();
        return memory.use(proof, madeAt, forgetAt);
    }

    @Override
    public void close() {
        onClose.run();
    }
}
