package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Offers this node's key bans to the shared state until it has stored them, which may take seconds for each. Thread-safe,
 * without locks.
 */
final class BanPublisher {
    private final Set<Revocation> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Predicate<Revocation> store = ban -> true;
    private volatile Executor workers = Runnable::run;

    /**
     * Uses another store from now on, and offers it what the previous one has not stored.
     *
     * @param current passes a ban to the other nodes, and returns whether it is stored
     * @param threads run what no request waits for
     */
    void use(Predicate<Revocation> current, Executor threads) {
        store = current;
        workers = threads;
        publishLater();
    }

    /** Queues a ban. */
    void add(Revocation ban) {
        waiting.add(ban);
    }

    /** Offers all queued bans; returns whether the store has stored them. Waits for the store. */
    boolean publish() {
        boolean areKept = true;
        for (Revocation ban : List.copyOf(waiting)) {
            if (isKept(ban)) {
                waiting.remove(ban);
            } else {
                areKept = false;
            }
        }
        return areKept;
    }

    private boolean isKept(Revocation ban) {
        try {
            return store.test(ban);
        } catch (RuntimeException failure) {
            return false;
        }
    }

    /** Offers all queued bans on another thread. One thread at a time does that, so that a slow store holds no more. */
    void publishLater() {
        if (waiting.isEmpty()) {
            return;
        }
        try {
            workers.execute(this::publishInTurn);
        } catch (RejectedExecutionException closed) {
            // The next configuration offers them.
        }
    }

    private void publishInTurn() {
        int handled = requests.getAndIncrement() == 0 ? 1 : 0;
        while (handled != 0) {
            boolean unused = publish();
            handled = requests.addAndGet(-handled);
        }
    }
}
