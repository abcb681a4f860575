package io.tokenguard.internal.keys;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Restores the keys of one issuer at a start, and saves those that are loaded, if a snapshot is configured. Thread-safe. */
final class SavedKeys {
    private final KeySupplies supplies;
    private final SnapshotSaver saver;

    SavedKeys(KeySupplies supplies) {
        this.supplies = supplies;
        this.saver = new SnapshotSaver(supplies.workers(), supplies.alarm());
    }

    /** Uses saved keys that are not too old. May block. */
    void restore(ServedKeys served) {
        supplies.snapshot().ifPresent(snapshot -> restore(snapshot, served));
    }

    private void restore(KeySnapshot snapshot, ServedKeys served) {
        try {
            snapshot.read().ifPresent(served::take);
        } catch (IOException | FetchException | RuntimeException unreadable) {
            supplies.alarm().snapshotNotTaken(FetchException.of(unreadable));
        }
    }

    /** Saves keys soon, and returns without waiting for it; null saves nothing. Calls must not overlap. */
    void save(@Nullable LoadedKeys loaded) {
        if (loaded != null) {
            Clock wall = supplies.clocks().wall();
            Instant now = wall.instant();
            supplies.snapshot().ifPresent(snapshot -> saver.save(() -> snapshot.save(loaded.document(), now, wall)));
        }
    }
}
