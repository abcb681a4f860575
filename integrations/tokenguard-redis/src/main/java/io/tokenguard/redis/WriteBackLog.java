package io.tokenguard.redis;

import io.tokenguard.access.Revocation;
import io.tokenguard.internal.store.RejectedRevocations;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Which live revocations the stream is known to contain, and which are pending: a bounded number of this node's own, and as
 * many of other nodes. When the log is full, the oldest that the stream holds are dropped, and key bans only if there is
 * nothing else. Thread-safe; the lock is held for a look-up, or for one walk after a loss.
 */
final class WriteBackLog {
    private final Clock clock;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Revocation, State> own = new LinkedHashMap<>();
    private final Map<Revocation, State> others = new LinkedHashMap<>();
    private final Deque<Revocation> waiting = new ArrayDeque<>();
    private final RejectedRevocations rejected;

    private enum State {
        WAITING,
        STORED,
        DOUBTFUL
    }

    WriteBackLog(Clock clock, LongSupplier nanos, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
        this.rejected = new RejectedRevocations(nanos);
    }

    /** Queues one of this node; returns false if the log is full. */
    boolean add(Revocation revocation) {
        lock.lock();
        try {
            if (own.containsKey(revocation)) {
                return true;
            }
            if (own.size() >= capacity && !makeRoom()) {
                return false;
            }
            if (others.remove(revocation) == State.STORED) {
                own.put(revocation, State.STORED);
                return true;
            }
            own.put(revocation, State.WAITING);
            waiting.add(revocation);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Drops expired entries, then the oldest that the stream contains. */
    private boolean makeRoom() {
        own.keySet().removeIf(this::isOver);
        waiting.removeIf(this::isOver);
        rejected.removeIf(this::isOver);
        return own.size() < capacity || dropOldest(own, false) || dropOldest(own, true);
    }

    /** Drops the oldest entry that the stream contains; returns whether there was one. */
    private static boolean dropOldest(Map<Revocation, State> lines, boolean bansToo) {
        var entries = lines.entrySet().iterator();
        while (entries.hasNext()) {
            var entry = entries.next();
            if (entry.getValue() == State.STORED && (bansToo || !isBan(entry.getKey()))) {
                entries.remove();
                return true;
            }
        }
        return false;
    }

    private static boolean isBan(Revocation revocation) {
        return switch (revocation.kind()) {
            case KEY_ID, KEY -> true;
            case TOKEN, FINGERPRINT, SESSION, SUBJECT, CLIENT, ISSUER -> false;
        };
    }

    private boolean isOver(Revocation revocation) {
        Instant end = revocation.forgetAt().orElse(Instant.MAX);
        return !end.isAfter(clock.instant());
    }

    /** Records that the stream contains it. */
    void stored(Revocation revocation) {
        lock.lock();
        try {
            rejected.remove(revocation);
            if (own.replace(revocation, State.STORED) == null) {
                others.put(revocation, State.STORED);
                if (others.size() > capacity && !dropOldest(others, false) && !dropOldest(others, true)) {
                    others.remove(others.keySet().iterator().next());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** What the stream held may be lost. */
    void doubt() {
        lock.lock();
        try {
            own.replaceAll((revocation, state) -> state == State.STORED ? State.DOUBTFUL : state);
            others.replaceAll((revocation, state) -> State.DOUBTFUL);
        } finally {
            lock.unlock();
        }
    }

    /** Called when the stream was read to its end: unconfirmed entries are lost, and become pending again. */
    void writeOwnAgain() {
        writeAgain(own);
    }

    /** The same of other nodes' revocations, for nodes that are there no longer. */
    void writeOthersAgain() {
        writeAgain(others);
    }

    private void writeAgain(Map<Revocation, State> lines) {
        lock.lock();
        try {
            lines.replaceAll((revocation, state) -> {
                if (state != State.DOUBTFUL || isOver(revocation)) {
                    return state;
                }
                waiting.add(revocation);
                return State.WAITING;
            });
        } finally {
            lock.unlock();
        }
    }

    /** The next ones to write. Those that were rejected before come last. */
    List<Revocation> next(int most) {
        lock.lock();
        try {
            List<Revocation> batch = new ArrayList<>();
            while (batch.size() < most && !waiting.isEmpty()) {
                batch.add(waiting.poll());
            }
            if (batch.isEmpty()) {
                rejected.removeIf(this::isOver);
                batch.addAll(rejected.due(most));
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** They were not written, and are the next again, except those that were rejected before. */
    void putBack(List<Revocation> batch) {
        lock.lock();
        try {
            for (int i = batch.size() - 1; i >= 0; i--) {
                if (!rejected.contains(batch.get(i))) {
                    waiting.addFirst(batch.get(i));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Redis does not take this one: it is tried again later, after the others. */
    void rejected(Revocation revocation) {
        lock.lock();
        try {
            rejected.add(revocation);
        } finally {
            lock.unlock();
        }
    }

    /** Whether any rejected entry is still pending. */
    boolean hasRejected() {
        lock.lock();
        try {
            return rejected.size() > 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many wait. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
