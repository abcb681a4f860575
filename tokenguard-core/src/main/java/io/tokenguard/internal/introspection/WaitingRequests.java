package io.tokenguard.internal.introspection;

import java.util.concurrent.Semaphore;

/** Bounds the requests that wait, with a share reserved for recently active tokens. Thread-safe. */
final class WaitingRequests {
    private final Semaphore all;
    private final Semaphore others;

    WaitingRequests(CallLimits limits) {
        this.all = new Semaphore(limits.maxWaiting());
        this.others = new Semaphore(limits.maxWaiting() - limits.reservedWaiting());
    }

    /** Counts one more waiting request; false if there are too many. */
    boolean enter(boolean isActive) {
        if (!isActive && !others.tryAcquire()) {
            return false;
        }
        if (all.tryAcquire()) {
            return true;
        }
        if (!isActive) {
            others.release();
        }
        return false;
    }

    void leave(boolean isActive) {
        all.release();
        if (!isActive) {
            others.release();
        }
    }
}
