package io.tokenguard.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Asks the database on threads of its own, so that a request waits no longer than it wants to: a JDBC call can't be
 * cancelled. At most three threads with a connection each, and 1 000 questions that wait. Threads are never interrupted: an
 * interrupt would close the file of an embedded database. Thread-safe.
 */
final class RequestWorkers implements AutoCloseable {
    private static final int THREADS = 3;
    private static final int PARTS = 10;
    private static final int MOST_WAITING = 1_000;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
    /** With the pause between two checks of the database, every session is used or tested within 30 s. */
    private static final Duration LONGEST_UNUSED = Duration.ofSeconds(20);

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private final ConnectionSource source;
    private final IdleSessions idle;
    private final Set<JdbcSession> busy = ConcurrentHashMap.newKeySet();
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicBoolean isProbing = new AtomicBoolean();
    private final ThreadPoolExecutor threads;

    /**
     * Workers.
     *
     * @param nanos a clock like {@link System#nanoTime}
     */
    RequestWorkers(ConnectionSource source, LongSupplier nanos) {
        this.source = source;
        this.idle = new IdleSessions(nanos);
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                KEEP_ALIVE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    /** Work with a session. */
    interface Work<T> {
        T run(JdbcSession session) throws SQLException;
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tokenguard-jdbc-request-" + names.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Queues a task; returns false if the queue is full. */
    boolean execute(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /**
     * Asks, and waits for a limited time.
     *
     * @throws SQLException if there is no answer in time
     */
    <T> T ask(Work<T> work, Duration limit) throws SQLException, InterruptedException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean isAccepted = execute(() -> {
            if (answer.isDone()) {
                return;
            }
            try {
                answer.complete(withSession(work));
            } catch (SQLException | RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        });
        if (!isAccepted) {
            throw new SQLException("Too many questions wait for the database", "53300");
        }
        return await(answer, limit);
    }

    /**
     * Waits for an answer, for a limited time. The wait has ten parts, and a pause of this process (a garbage collection, no
     * processor) takes one of them, however long it is: the database is not to blame for it.
     *
     * @throws SQLException if there is none in time
     */
    static <T> T await(CompletableFuture<T> answer, Duration limit) throws SQLException, InterruptedException {
        for (int part = 0; part < PARTS && !answer.isDone(); part++) {
            try {
                return answer.get(limit.toNanos() / PARTS, TimeUnit.NANOSECONDS);
            } catch (ExecutionException failure) {
                throw new SQLException(failure.getCause());
            } catch (TimeoutException later) {
                // The next part begins.
            }
        }
        if (answer.cancel(false)) {
            throw new SQLException(new TimeoutException());
        }
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            throw new SQLException(failure.getCause());
        }
    }

    /** Works with a session that is idle, or a new one. Called on one of the threads. */
    <T> T withSession(Work<T> work) throws SQLException {
        int before = idle.outages();
        JdbcSession known = idle.take();
        JdbcSession session = known == null ? JdbcSession.open(source, ANSWER_LIMIT) : known;
        busy.add(session);
        boolean isGood = false;
        try {
            T result = work.run(session);
            isGood = true;
            return result;
        } finally {
            busy.remove(session);
            if (isGood) {
                idle.give(session, before);
            } else {
                session.abort();
            }
        }
    }

    /** Opens a session, so that the first request does not wait for one. */
    void prepare() {
        try {
            Dialect unused = ask(JdbcSession::dialect, ANSWER_LIMIT);
        } catch (SQLException unreachable) {
            // The next check of the database notices that too, and says so.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Tests sessions that were not used for 20 s, on one of the threads, and replaces them if one is broken: a firewall may have
     * dropped their connections without a word, and a request must not be the first to notice.
     */
    void probeIdle() {
        if (idle.hasUnusedFor(LONGEST_UNUSED) && isProbing.compareAndSet(false, true) && !execute(this::probeUnused)) {
            isProbing.set(false);
        }
    }

    private void probeUnused() {
        try {
            boolean areGood = true;
            JdbcSession session = idle.takeUnusedFor(LONGEST_UNUSED);
            while (session != null && areGood) {
                areGood = isKept(session);
                session = areGood ? idle.takeUnusedFor(LONGEST_UNUSED) : null;
            }
            if (!areGood) {
                idle.closeAll();
                Dialect unused = withSession(JdbcSession::dialect);
            }
        } catch (SQLException unreachable) {
            // The next check of the database notices that too, and says so.
        } finally {
            isProbing.set(false);
        }
    }

    private boolean isKept(JdbcSession session) {
        int before = idle.outages();
        busy.add(session);
        boolean isAlive = session.isAlive();
        busy.remove(session);
        if (isAlive) {
            idle.give(session, before);
        } else {
            session.abort();
        }
        return isAlive;
    }

    /** Drops unused sessions, and those in use once they are given back, after the database was unreachable. */
    void dropIdle() {
        idle.drop();
    }

    /** Drops one of several unused sessions. */
    void shrink() {
        idle.shrink();
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                busy.forEach(JdbcSession::abort);
                boolean unused = threads.awaitTermination(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        idle.close();
    }
}
