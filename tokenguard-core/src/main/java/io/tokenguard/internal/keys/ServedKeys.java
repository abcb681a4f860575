package io.tokenguard.internal.keys;

import io.tokenguard.access.GuardHealth.KeyState;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The keys of the last successful load of one issuer, and how long they are used. Thread-safe, without locks. */
final class ServedKeys {
    private final KeySupplies supplies;
    private final Clocks clocks;
    private final AtomicReference<@Nullable Generation> last = new AtomicReference<>();

    ServedKeys(KeySupplies supplies) {
        this.supplies = supplies;
        this.clocks = supplies.clocks();
    }

    /** The last generation, even if it is expired; null if there was none. */
    @Nullable
    Generation last() {
        return last.get();
    }

    /** The keys in use; null if none were loaded, or if the last successful load is longer ago than an outage may last. */
    @Nullable
    KeySet current() {
        Generation generation = last.get();
        return generation != null && clocks.moment().isBefore(generation.servesUntil()) ? generation.keys() : null;
    }

    /** The keys of the last successful load, even if they are expired; null if there was none. */
    @Nullable
    KeySet known() {
        Generation generation = last.get();
        return generation == null ? null : generation.keys();
    }

    /** Whether the keys are stale. */
    boolean areStale() {
        Generation generation = last.get();
        return generation != null && !clocks.moment().isBefore(generation.freshUntil());
    }

    /** The number of the load that brought them; 0 if this source has loaded none. */
    long load() {
        Generation generation = last.get();
        return generation == null ? 0 : generation.load();
    }

    /** Whether the load that brought them began less than a cooldown ago. */
    boolean areYoung() {
        Generation generation = last.get();
        return generation != null
                && clocks.moment()
                        .isBefore(generation.begunAt().plus(supplies.policy().cooldown()));
    }

    /** Their state. */
    KeyState state(boolean isLastLoadGood) {
        if (last.get() == null) {
            return isLastLoadGood ? KeyState.STARTING : KeyState.UNAVAILABLE;
        }
        if (current() == null) {
            return KeyState.UNAVAILABLE;
        }
        return isLastLoadGood ? KeyState.FRESH : KeyState.DEGRADED;
    }

    /** Uses the result of a load. */
    void take(LoadedKeys loaded, Load load) {
        KeyRefreshPolicy policy = supplies.policy();
        Instant now = clocks.moment();
        last.set(new Generation(
                loaded.keys(),
                load.number(),
                clocks.wall().instant(),
                load.begunAt(),
                now.plus(policy.life(loaded.maxAge())),
                now.plus(policy.outageTtl())));
    }

    /** Uses saved keys: they are stale, and expire after the longest outage since they were saved. */
    void take(KeySnapshot.Saved saved) {
        Duration age = Duration.between(saved.at(), clocks.wall().instant());
        if (!age.isNegative()) {
            Instant then = clocks.moment().minus(age);
            last.set(new Generation(
                    saved.keys().keys(),
                    0,
                    saved.at(),
                    then,
                    then,
                    then.plus(supplies.policy().outageTtl())));
        }
    }

    /** Uses the keys of another source of the same issuer, unless its own are newer. */
    void inherit(ServedKeys other) {
        Generation handed = other.last.get();
        if (handed == null) {
            return;
        }
        Generation theirs = handed.handedOver(Duration.between(other.clocks.moment(), clocks.moment()));
        last.updateAndGet(mine -> mine == null || theirs.begunAt().isAfter(mine.begunAt()) ? theirs : mine);
    }
}
