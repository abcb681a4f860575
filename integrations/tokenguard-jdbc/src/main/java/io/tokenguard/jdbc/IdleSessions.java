package io.tokenguard.jdbc;

import java.time.Duration;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Unused sessions; the most recently used one is taken first. Thread-safe, without locks. */
final class IdleSessions {
    private final LongSupplier nanos;
    private final Deque<Idle> sessions = new ConcurrentLinkedDeque<>();

    /**
     * Counts the times at which the database was unreachable: earlier sessions may lead to a server that no longer serves.
     */
    private final AtomicInteger outages = new AtomicInteger();

    private volatile boolean closed;

    IdleSessions(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Idle(JdbcSession session, long since) {}

    /** How often the database was unreachable. */
    int outages() {
        return outages.get();
    }

    /** Takes a session; null if there is none. */
    @Nullable
    JdbcSession take() {
        Idle idle = sessions.pollFirst();
        return idle == null ? null : idle.session;
    }

    /** Takes a session that was not used for some time; null if there is none. */
    @Nullable
    JdbcSession takeUnusedFor(Duration time) {
        Iterator<Idle> oldestFirst = sessions.descendingIterator();
        while (oldestFirst.hasNext()) {
            Idle idle = oldestFirst.next();
            if (isUnusedFor(time, idle) && sessions.remove(idle)) {
                return idle.session;
            }
        }
        return null;
    }

    boolean hasUnusedFor(Duration time) {
        return sessions.stream().anyMatch(idle -> isUnusedFor(time, idle));
    }

    private boolean isUnusedFor(Duration time, Idle idle) {
        return nanos.getAsLong() - idle.since >= time.toNanos();
    }

    /**
     * Keeps a session that works.
     *
     * @param outagesBefore {@link #outages()}, read before the session was used
     */
    void give(JdbcSession session, int outagesBefore) {
        if (outages.get() != outagesBefore) {
            session.close();
            return;
        }
        sessions.addFirst(new Idle(session, nanos.getAsLong()));
        if (closed || outages.get() != outagesBefore) {
            closeAll();
        }
    }

    /** Closes these, and those in use once they are given back, after the database was unreachable. */
    void drop() {
        outages.incrementAndGet();
        closeAll();
    }

    /** Closes these. */
    void closeAll() {
        JdbcSession session = take();
        while (session != null) {
            session.close();
            session = take();
        }
    }

    /** Closes one of several. */
    void shrink() {
        Idle last = sessions.size() > 1 ? sessions.pollLast() : null;
        if (last != null) {
            last.session.close();
        }
    }

    /** Keeps none from now on. */
    void close() {
        closed = true;
        drop();
    }
}
