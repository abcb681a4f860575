package io.tokenguard.jdbc;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.store.Breaker;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection, on one thread: creates the tables, reads revocations five times a second, writes those that wait at
 * once, and deletes expired rows. After a failure it connects again and reads everything again.
 */
final class StateKeeper implements Runnable {
    /** The number of no connection. */
    static final int NO_CONNECTION = 0;

    private static final Logger LOG = LoggerFactory.getLogger(JdbcState.class);
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(30);
    private static final int SCHEMA_TRIES = 5;
    private static final int MANY_FAILURES = 40;

    private final JdbcParts parts;
    private final Schema schema;
    private final RevocationWriter writer;
    private final RevocationReader reader;
    private final RequestWorkers workers;
    private final ProofEpoch epoch;
    private final NonceSecret secret;
    private final Cleanup cleanup;
    private final Breaker breaker = new Breaker();
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch firstTry = new CountDownLatch(1);
    private volatile @Nullable JdbcSession session;
    private volatile @Nullable ConfigurationException refusal;
    private volatile int connection = NO_CONNECTION;
    private volatile long goodAt = System.nanoTime();
    private volatile boolean closed;
    private volatile Duration requestLimit = JdbcReplayStore.USUAL_LIMIT;
    private int connections;
    private int failedTries;
    private long sweptAt = System.nanoTime();

    StateKeeper(JdbcParts parts, Schema schema, RevocationReader reader, RequestWorkers workers) {
        this.parts = parts;
        this.schema = schema;
        this.writer = new RevocationWriter(parts);
        this.reader = reader;
        this.workers = workers;
        this.epoch = new ProofEpoch(parts.tables(), parts.clock());
        this.secret = new NonceSecret(parts.tables(), parts.failures());
        this.cleanup = new Cleanup(parts.tables(), parts.clock());
    }

    /** A number for the connection that serves, another one after each failure; {@link #NO_CONNECTION} without one. */
    int connection() {
        return connection;
    }

    /** Whether requests may ask: they were answered lately, as far as is known. */
    boolean answersRequests() {
        return connection != NO_CONNECTION && breaker.isClosed(goodAt);
    }

    /** A request was answered. */
    void answered() {
        breaker.succeeded();
    }

    /** A request got no answer since a moment of {@link System#nanoTime}. */
    void missed(long asked) {
        boolean unused = breaker.missed(asked, System.nanoTime(), goodAt);
    }

    /** How long ago the database was last seen to serve. */
    Duration sinceGood() {
        return Duration.ofNanos(System.nanoTime() - goodAt);
    }

    /** Whether a proof that was made at a moment may have been used and lost. */
    boolean mayHaveLost(Instant madeAt) {
        return epoch.losses().mayInclude(madeAt);
    }

    /** The last moment at which a use may have been lost. */
    Instant lostUntil() {
        return epoch.losses().until();
    }

    /** Learns how long requests wait. */
    void requestsWait(Duration limit) {
        if (!limit.equals(requestLimit)) {
            requestLimit = limit;
        }
    }

    Optional<String> nonceSecret() {
        return secret.text();
    }

    /**
     * Waits until all was read, or the first try has failed.
     *
     * @throws ConfigurationException if the tables can't be created or used
     */
    void awaitFirstTry(Duration limit) {
        try {
            boolean unused = firstTry.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        ConfigurationException found = refusal;
        if (found != null) {
            throw found;
        }
    }

    /** Signals that an entry is pending. */
    void wake() {
        wake.release();
    }

    /** Stops after writing pending entries, if that is possible at once. */
    void close() {
        closed = true;
        wake();
    }

    /** Ends the wait of the thread. */
    void abort() {
        JdbcSession now = session;
        if (now != null) {
            now.abort();
        }
    }

    @Override
    public void run() {
        while (!closed) {
            beatSafely();
            firstTry.countDown();
            rest();
        }
        JdbcSession now = session;
        if (now != null) {
            writer.write(now);
            now.close();
        }
        connection = NO_CONNECTION;
    }

    private void beatSafely() {
        try {
            beat();
            refusal = null;
            failedTries = 0;
            parts.failures().end(Concern.CONNECTION);
        } catch (SQLException failure) {
            fail(Failure.of(failure));
        } catch (ConfigurationException refused) {
            if (refusal == null && firstTry.getCount() == 0) {
                LOG.error("{}", refused.getMessage());
            }
            refusal = refused;
            fail(Failure.SCHEMA_REFUSED);
        } catch (RuntimeException | Error unexpected) {
            parts.failures().unexpected("the connection", unexpected);
            fail(Failure.REFUSED);
        }
    }

    private void rest() {
        Duration pause = failedTries < MANY_FAILURES ? BETWEEN : LONGEST_PAUSE;
        try {
            if (!closed && wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException notOurs) {
            closed = true;
        }
    }

    private void beat() throws SQLException {
        JdbcSession now = session;
        if (now == null) {
            now = connect();
        }
        HealthProbe probe = probe(now);
        writer.write(now);
        reader.read(now);
        cleanUp(now, probe);
        if (connection == NO_CONNECTION) {
            connections++;
            connection = connections;
            workers.prepare();
        }
    }

    private JdbcSession connect() throws SQLException {
        JdbcSession fresh = JdbcSession.open(parts.source(), ANSWER_LIMIT);
        session = fresh;
        ensureSchema(fresh);
        secret.read(fresh);
        if (connections > 0) {
            epoch.restart();
        }
        reader.startOver();
        return fresh;
    }

    /** Of nodes that create the same table at once, a database may refuse all but one. */
    private void ensureSchema(JdbcSession fresh) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                schema.ensure(fresh);
                return;
            } catch (SQLException failure) {
                if (attempt == SCHEMA_TRIES || Failure.of(failure).isOfConnection()) {
                    throw failure;
                }
            }
        }
    }

    private HealthProbe probe(JdbcSession now) throws SQLException {
        long asked = System.nanoTime();
        HealthProbe probe = HealthProbe.take(now, parts.tables());
        boolean isLost = probe.position() < reader.position();
        epoch.observe(now, probe, isLost);
        if (isLost) {
            reader.startOver();
        }
        if (!breaker.hasMissed() || isWritable(now, asked)) {
            goodAt = System.nanoTime();
            breaker.succeeded();
            parts.failures().end(Concern.PROOFS);
        }
        return probe;
    }

    /** Whether requests may ask again: something was written, and it did not take long. */
    private boolean isWritable(JdbcSession now, long asked) {
        try {
            now.update(parts.tables().in("UPDATE {state} SET number = number + 1 WHERE name = 'probe'"));
            return System.nanoTime() - asked <= requestLimit.toNanos();
        } catch (SQLException unwritable) {
            parts.failures().begin(Concern.PROOFS, Failure.of(unwritable));
            return false;
        }
    }

    private void cleanUp(JdbcSession now, HealthProbe probe) throws SQLException {
        try {
            cleanup.step(now, probe);
            parts.failures().end(Concern.CLEANUP);
        } catch (SQLException failure) {
            cleanup.postpone();
            if (Failure.of(failure).isOfConnection()) {
                throw failure;
            }
            parts.failures().begin(Concern.CLEANUP, Failure.of(failure));
        }
        workers.probeIdle();
        if (System.nanoTime() - sweptAt > BETWEEN_SWEEPS.toNanos()) {
            sweptAt = System.nanoTime();
            workers.shrink();
        }
    }

    private void fail(Failure failure) {
        JdbcSession old = session;
        session = null;
        connection = NO_CONNECTION;
        epoch.contactEnded();
        failedTries++;
        parts.log().failing(true);
        parts.failures().begin(Concern.CONNECTION, failure);
        if (old != null) {
            old.abort();
        }
        workers.dropIdle();
    }
}
