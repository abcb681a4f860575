package io.tokenguard.internal.keys;

import java.time.Duration;
import java.time.Instant;

/**
 * The keys that one good load brought. Immutable; kept until the next good load, or until the last moment they may serve.
 * All moments but {@code loadedAt} are of {@link Clocks#moment}.
 *
 * @param keys the keys
 * @param load the number of the load; 0 if this source has not loaded them
 * @param loadedAt the time of day when the load ended
 * @param begunAt when the load began
 * @param freshUntil when they become stale
 * @param servesUntil when they expire, even if there are no newer ones
 */
record Generation(KeySet keys, long load, Instant loadedAt, Instant begunAt, Instant freshUntil, Instant servesUntil) {
    /** The same for a source that has not loaded them, and whose moments are ahead by some time. */
    Generation handedOver(Duration ahead) {
        return new Generation(keys, 0, loadedAt, begunAt.plus(ahead), freshUntil.plus(ahead), servesUntil.plus(ahead));
    }
}
