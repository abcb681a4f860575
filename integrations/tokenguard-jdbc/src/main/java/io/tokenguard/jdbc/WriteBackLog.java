package io.tokenguard.jdbc;

import io.tokenguard.access.Revocation;
import io.tokenguard.internal.store.RejectedRevocations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Which revocations the database is known to hold, and which wait to be written: at most so many of each. None that waits is
 * dropped before its end; of those in the database, the oldest are. Thread-safe; the lock is held for a look-up, or for one
 * walk after a loss.
 */
final class WriteBackLog {
    private final Clock clock;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final Set<Revocation> waiting = new LinkedHashSet<>();
    private final Set<Revocation> stored = new LinkedHashSet<>();
    private final Set<Revocation> doubtful = new LinkedHashSet<>();
    private final RejectedRevocations rejected;
    private boolean isFailing = true;

    WriteBackLog(Clock clock, LongSupplier nanos, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
        this.rejected = new RejectedRevocations(nanos);
    }

    /** Queues a revocation for writing; returns false if the log is full. */
    boolean add(Revocation revocation) {
        lock.lock();
        try {
            if (stored.contains(revocation) || waiting.contains(revocation) || rejected.contains(revocation)) {
                return true;
            }
            if (unwritten() >= capacity) {
                waiting.removeIf(this::isOver);
                rejected.removeIf(this::isOver);
            }
            return unwritten() < capacity && waiting.add(revocation);
        } finally {
            lock.unlock();
        }
    }

    private int unwritten() {
        return waiting.size() + rejected.size();
    }

    private boolean isOver(Revocation revocation) {
        return !revocation.forgetAt().orElse(Instant.MAX).isAfter(clock.instant());
    }

    /** Waits until one is in the database; gives up after a limit, or at once if it was rejected or nothing can be written. */
    boolean awaitStored(Revocation revocation, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (!stored.contains(revocation)) {
                if (left <= 0 || isFailing || rejected.contains(revocation)) {
                    return false;
                }
                left = progress.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Records that the database contains these. */
    void stored(List<Revocation> revocations) {
        lock.lock();
        try {
            for (Revocation revocation : revocations) {
                waiting.remove(revocation);
                rejected.remove(revocation);
                doubtful.remove(revocation);
                stored.add(revocation);
            }
            var oldest = stored.iterator();
            while (stored.size() > capacity) {
                oldest.next();
                oldest.remove();
            }
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether no caller is to wait, because the database accepts no writes. */
    void failing(boolean failing) {
        lock.lock();
        try {
            isFailing = failing;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What the database held may be lost. */
    void doubt() {
        lock.lock();
        try {
            doubtful.addAll(stored);
            stored.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Called when the table was read to its end: unconfirmed entries are lost, and become pending again. */
    void writeAgain() {
        lock.lock();
        try {
            doubtful.removeIf(this::isOver);
            waiting.addAll(doubtful);
            doubtful.clear();
        } finally {
            lock.unlock();
        }
    }

    /** The next ones to write; they wait until they are {@link #stored}. Those that were rejected before come last, alone. */
    List<Revocation> next(int most) {
        lock.lock();
        try {
            if (!waiting.isEmpty()) {
                return waiting.stream().limit(most).toList();
            }
            rejected.removeIf(this::isOver);
            return rejected.due(1);
        } finally {
            lock.unlock();
        }
    }

    /** The database does not take this one, alone: it is tried again later, after the others. */
    void rejected(Revocation revocation) {
        lock.lock();
        try {
            waiting.remove(revocation);
            rejected.add(revocation);
            progress.signalAll();
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
}
