package io.tokenguard.internal.assembly;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is started when it is first asked for, and closed at most once. Thread-safe. */
public final class StartedOnce<T> {
    private final Consumer<T> closing;
    private final ReentrantLock starting = new ReentrantLock();
    private @Nullable T started;
    private boolean isClosed;

    /**
     * Not started yet.
     *
     * @param closing closes it
     */
    public StartedOnce(Consumer<T> closing) {
        this.closing = closing;
    }

    /**
     * What is started; empty once it is closed.
     *
     * @param start starts it; if that fails, the next caller tries again
     */
    public Optional<T> get(Supplier<T> start) {
        starting.lock();
        try {
            if (started == null && !isClosed) {
                started = start.get();
            }
            return isClosed ? Optional.empty() : Optional.ofNullable(started);
        } finally {
            starting.unlock();
        }
    }

    /** Closes it, if it was started. */
    public void close() {
        starting.lock();
        try {
            if (started != null && !isClosed) {
                closing.accept(started);
            }
            isClosed = true;
        } finally {
            starting.unlock();
        }
    }
}
