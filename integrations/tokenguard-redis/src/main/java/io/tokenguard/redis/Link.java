package io.tokenguard.redis;

import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.tokenguard.internal.store.FailureLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session, on one thread: connects, probes the server four times a second, drops the session after three missed
 * probes, and connects again. A session becomes visible only after the server has identified itself.
 */
final class Link implements Runnable {
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final int MOST_MISSES = 3;
    private static final int MANY_DIALS = 40;
    private static final Duration BETWEEN_MANY_DIALS = Duration.ofSeconds(1);

    private final Connector connector;
    private final KeyLayout keys;
    private final FailureLog<Concern> failures;
    private final EpochWatch epochs;
    private final SharedSecret secret;
    private final Publisher publisher;
    private final StreamTidying tidying;
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch firstTry = new CountDownLatch(1);
    private volatile @Nullable RevocationStream tail;
    private volatile @Nullable RedisSession session;
    private volatile boolean takesProofs;
    private volatile boolean isPulseDue;
    private volatile long quickAt = System.nanoTime();
    private volatile long goodAt = System.nanoTime();
    private final long startedAt = System.nanoTime();
    private volatile boolean closed;
    private volatile Duration requestLimit = RedisReplayStore.USUAL_LIMIT;
    private long pulseAt = System.nanoTime();
    private int misses;
    private int failedDials;

    Link(Connector connector, RedisParts parts) {
        this.connector = connector;
        this.keys = parts.keys();
        this.failures = parts.failures();
        this.epochs = new EpochWatch(keys, parts.clock());
        this.secret = new SharedSecret(keys.nonceSecret(), failures);
        this.publisher = new Publisher(parts.writeBackLog(), failures, keys.revocations());
        this.tidying = new StreamTidying(parts.clock(), keys.revocations());
    }

    /** The session; null while Redis is unreachable. */
    @Nullable
    RedisSession session() {
        RedisSession now = session;
        return now == null || now.isOver() ? null : now;
    }

    /** Whether the last answered probe could write. */
    boolean takesProofs() {
        return takesProofs;
    }

    /** When a probe was last answered within the time that requests wait. */
    long quickAt() {
        return quickAt;
    }

    /** Learns how long requests wait. */
    void requestsWait(Duration limit) {
        if (!limit.equals(requestLimit)) {
            requestLimit = limit;
        }
    }

    /** Starts a probe now. */
    void wakeForProbe() {
        isPulseDue = true;
        wake();
    }

    /** How long ago the last successful probe was. */
    Duration sinceGood() {
        return Duration.ofNanos(System.nanoTime() - goodAt);
    }

    /** Whether a proof that was made at a moment may have been used and lost. */
    boolean mayHaveLost(Instant madeAt) {
        return epochs.losses().mayInclude(madeAt);
    }

    /** The last moment at which a use may have been lost. */
    Instant lostUntil() {
        return epochs.losses().until();
    }

    /** The nonce secret. Waits for the first attempt to connect, but no longer than this limit after the start. */
    Optional<String> nonceSecret(Duration patience) {
        try {
            long left = patience.toNanos() - (System.nanoTime() - startedAt);
            boolean unused = firstTry.await(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return secret.text();
    }

    /** Tells a stream reader when data is lost. */
    void inform(RevocationStream follower) {
        tail = follower;
    }

    void othersAreMissing() {
        publisher.planOthers();
    }

    /** Signals that an entry must be written, or that the session has ended. */
    void wake() {
        wake.release();
    }

    void close() {
        closed = true;
        wake();
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                beat();
                rest();
            } catch (InterruptedException closing) {
                break;
            } catch (RuntimeException | Error unexpected) {
                failures.unexpected("the connection", unexpected);
                drop();
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
        drop();
    }

    /** Waits until there is work; writes the remaining entries at the end. */
    private void rest() throws InterruptedException {
        Duration pause = failedDials < MANY_DIALS ? BETWEEN : BETWEEN_MANY_DIALS;
        if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            wake.drainPermits();
        }
        RedisSession now = session();
        if (closed && now != null) {
            publisher.write(now);
        }
    }

    private void beat() throws InterruptedException {
        RedisSession now = session;
        if (now != null && now.isOver()) {
            drop();
            now = null;
        }
        if (now == null) {
            open();
        } else if (isPulseDue || System.nanoTime() - pulseAt >= BETWEEN.toNanos()) {
            check(now);
        }
        now = session();
        if (now != null) {
            publisher.write(now);
            tidying.step(now);
        }
    }

    private void open() throws InterruptedException {
        failedDials++;
        try {
            RedisSession fresh = connector.dial(this::wake);
            try {
                session = isReady(fresh) ? fresh : null;
            } finally {
                if (session == null) {
                    connector.hangUp(fresh);
                }
            }
        } catch (RedisException unreachable) {
            failures.begin(Concern.LINK, Failure.of(unreachable));
        } finally {
            firstTry.countDown();
        }
    }

    private boolean isReady(RedisSession fresh) throws InterruptedException {
        warmUp(fresh);
        if (!probe(fresh)) {
            return false;
        }
        secret.read(fresh);
        fresh.settle();
        misses = 0;
        failedDials = 0;
        return !fresh.isOver();
    }

    /** Lettuce connects to a cluster node with the first command for it. */
    private void warmUp(RedisSession fresh) throws InterruptedException {
        try {
            Answer.of(fresh.tail().xrange(keys.revocations(), Range.create(EntryId.FIRST, EntryId.FIRST)));
        } catch (RedisException holdsSomethingElse) {
            failures.begin(Concern.READING, Failure.of(holdsSomethingElse));
        }
    }

    private void check(RedisSession now) throws InterruptedException {
        if (probe(now)) {
            misses = 0;
        } else if (++misses >= MOST_MISSES) {
            drop();
        }
    }

    /** Whether the server identified itself. */
    private boolean probe(RedisSession now) throws InterruptedException {
        pulseAt = System.nanoTime();
        isPulseDue = false;
        try {
            HealthProbe probe = HealthProbe.take(now, keys, requestLimit);
            failures.end(Concern.LINK);
            watch(now, probe);
            observe(probe);
            return true;
        } catch (RedisException unanswered) {
            Failure failure = Failure.of(unanswered);
            takesProofs = takesProofs && failure == Failure.SLOW;
            failures.begin(Concern.LINK, failure);
            return false;
        }
    }

    private void watch(RedisSession now, HealthProbe probe) throws InterruptedException {
        RevocationStream follower = tail;
        boolean isLost = follower != null
                && probe.newestEntry() != null
                && EntryId.isBefore(probe.newestEntry(), follower.position());
        if ((epochs.changes(now, probe) || isLost) && follower != null) {
            follower.startOver();
        }
    }

    private void observe(HealthProbe probe) {
        Failure writing = probe.writing();
        long now = System.nanoTime();
        // Requests find out for themselves whether the server is too slow: one late probe stops none.
        takesProofs = writing == null || (takesProofs && writing == Failure.SLOW);
        if (writing == null && probe.isQuick()) {
            quickAt = now;
            goodAt = now;
            failures.end(Concern.WRITING);
        } else {
            failures.begin(Concern.WRITING, writing == null ? Failure.SLOW : writing);
        }
    }

    private void drop() {
        RedisSession old = session;
        session = null;
        takesProofs = false;
        if (old != null) {
            epochs.contactEnded();
            connector.hangUp(old);
        }
    }
}
