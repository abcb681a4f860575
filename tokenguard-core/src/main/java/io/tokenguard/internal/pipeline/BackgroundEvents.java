package io.tokenguard.internal.pipeline;

import io.tokenguard.spi.GuardObserver;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Notifies observers of what happens beside decisions: on a background thread, one event at a time. An observer that blocks
 * holds one thread; further events wait in a bounded queue, and are dropped once it is full. Thread-safe.
 */
public final class BackgroundEvents {
    private static final int MOST_WAITING = 1_000;

    private final Observers observers;
    private final Executor workers;
    private final BlockingQueue<Consumer<GuardObserver>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean isRunning = new AtomicBoolean();

    /**
     * Events for some observers.
     *
     * @param workers calls them; may reject work once the guard is closed
     */
    public BackgroundEvents(Observers observers, Executor workers) {
        this.observers = observers;
        this.workers = workers;
    }

    /** Adds an event; returns at once. */
    public void tell(Consumer<GuardObserver> event) {
        if (waiting.offer(event)) {
            start();
        }
    }

    private void start() {
        if (waiting.isEmpty() || !isRunning.compareAndSet(false, true)) {
            return;
        }
        try {
            workers.execute(this::drain);
        } catch (RejectedExecutionException closed) {
            isRunning.set(false);
        }
    }

    private void drain() {
        Consumer<GuardObserver> event = waiting.poll();
        while (event != null) {
            observers.tell(event);
            event = waiting.poll();
        }
        isRunning.set(false);
        // Another event may have come since the last look.
        start();
    }
}
