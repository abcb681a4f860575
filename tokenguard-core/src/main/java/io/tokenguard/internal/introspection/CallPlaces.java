package io.tokenguard.internal.introspection;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Limits the concurrent calls to one issuer. Calls beyond the limit wait in order of arrival, or in reverse order while more
 * wait than may run. Those about recently active tokens have a queue of their own. A share of the places is reserved for each
 * of the two queues, so that neither unknown nor known tokens can take all. Thread-safe: the lock is held for a few
 * instructions, and for one walk over the queue in overload; never while a call starts.
 */
final class CallPlaces {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<PendingCall> active = new LinkedHashSet<>();
    private final Set<PendingCall> others = new LinkedHashSet<>();
    private final Consumer<PendingCall> starter;
    private final int most;
    private final int reserved;
    private int activeRunning;
    private int othersRunning;
    private boolean isStarting;

    /**
     * Free places.
     *
     * @param most how many
     * @param reserved how many are reserved for each of the two queues
     * @param starter starts a call, which releases its place when it ends; must not throw
     */
    CallPlaces(int most, int reserved, Consumer<PendingCall> starter) {
        this.most = most;
        this.reserved = reserved;
        this.starter = starter;
    }

    /** Starts a call now, or once there is a free place. Returns at once. */
    void take(PendingCall call) {
        lock.lock();
        try {
            boolean unused = queueOf(call).add(call);
        } finally {
            lock.unlock();
        }
        startNext();
    }

    private Set<PendingCall> queueOf(PendingCall call) {
        return call.isActive() ? active : others;
    }

    /** Releases the place of a call that has ended. */
    void giveBack(PendingCall call) {
        lock.lock();
        try {
            activeRunning -= call.isActive() ? 1 : 0;
            othersRunning -= call.isActive() ? 0 : 1;
        } finally {
            lock.unlock();
        }
        startNext();
    }

    /** Removes a call from the queue if no request waits for it. Returns whether it did. */
    boolean withdraw(PendingCall call) {
        lock.lock();
        try {
            return queueOf(call).contains(call)
                    && call.abandon()
                    && queueOf(call).remove(call);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts the calls that have a place. One thread does this at a time, in a loop: a call that ends at once must not nest.
     */
    private void startNext() {
        boolean isFirst = true;
        for (PendingCall next = next(isFirst); next != null; next = next(false)) {
            isFirst = false;
            starter.accept(next);
        }
    }

    private @Nullable PendingCall next(boolean isFirst) {
        lock.lock();
        try {
            if (isFirst && isStarting) {
                return null;
            }
            PendingCall next = choose();
            isStarting = next != null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable PendingCall choose() {
        if (activeRunning + othersRunning >= most) {
            return null;
        }
        boolean mayOthers = !others.isEmpty() && othersRunning < most - reserved;
        boolean isActiveFirst = !active.isEmpty() && (activeRunning < most - reserved || !mayOthers);
        if (isActiveFirst) {
            activeRunning++;
            return removeNext(active);
        }
        if (mayOthers) {
            othersRunning++;
            return removeNext(others);
        }
        return null;
    }

    /** In overload the newest: the requests of the oldest would time out before their answers. */
    private PendingCall removeNext(Set<PendingCall> queue) {
        Iterator<PendingCall> calls = queue.iterator();
        PendingCall next = calls.next();
        while (queue.size() > most && calls.hasNext()) {
            next = calls.next();
        }
        queue.remove(next);
        return next;
    }

    /** How many calls wait for a place. */
    int waiting() {
        lock.lock();
        try {
            return active.size() + others.size();
        } finally {
            lock.unlock();
        }
    }
}
