package io.tokenguard.internal.keys;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Saves the snapshots of one issuer in the background, one at a time and in order. A save that a newer one overtakes before
 * it starts is skipped, so that a disk that blocks holds one thread and one key set in memory. Thread-safe, without locks.
 */
final class SnapshotSaver {
    private final Executor workers;
    private final KeyAlarm alarm;
    private final AtomicReference<@Nullable Save> next = new AtomicReference<>();
    private final AtomicBoolean isSaving = new AtomicBoolean();

    /**
     * A saver that has saved nothing.
     *
     * @param workers run the saves; once they are shut down, nothing more is saved
     * @param alarm logs failures
     */
    SnapshotSaver(Executor workers, KeyAlarm alarm) {
        this.workers = workers;
        this.alarm = alarm;
    }

    /** Writes one key set; may block. */
    @FunctionalInterface
    interface Save {
        void run() throws IOException;
    }

    /** Saves soon, and returns without waiting for it. Calls must not overlap, as their order is that of the saves. */
    void save(Save save) {
        next.set(save);
        start();
    }

    private void start() {
        if (next.get() == null || !isSaving.compareAndSet(false, true)) {
            return;
        }
        try {
            workers.execute(this::saveNext);
        } catch (RejectedExecutionException shutDown) {
            isSaving.set(false);
        }
    }

    private void saveNext() {
        try {
            Save save = next.getAndSet(null);
            if (save != null) {
                save.run();
            }
        } catch (IOException | RuntimeException unwritable) {
            alarm.snapshotNotSaved(unwritable);
        } finally {
            isSaving.set(false);
            start();
        }
    }
}
