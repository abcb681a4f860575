package io.tokenguard.internal.keys;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;

/**
 * What is needed to load one issuer's keys.
 *
 * @param alarm logs how loads end; knows whose keys they are
 * @param policy when they are loaded
 * @param clocks the time
 * @param timer starts loads
 * @param workers run the loads; loading ends when they are shut down
 * @param chance random numbers from 0 to below 1, so that many processes do not load at the same time
 * @param snapshot where the last loaded keys are saved; empty if they are not
 */
public record KeySupplies(
        KeyAlarm alarm,
        KeyRefreshPolicy policy,
        Clocks clocks,
        ScheduledExecutorService timer,
        Executor workers,
        DoubleSupplier chance,
        Optional<KeySnapshot> snapshot) {
    private static final double JITTER = 0.1;

    /** Whose keys they are. */
    String issuer() {
        return alarm.issuer();
    }

    /** The same for a file, which needs no other copy of its keys. */
    public KeySupplies ofFile() {
        return new KeySupplies(alarm, policy.ofFile(), clocks, timer, workers, chance, Optional.empty());
    }

    /** A duration that is up to a tenth shorter or longer. */
    Duration jittered(Duration duration) {
        double factor = 1 + JITTER * (2 * chance.getAsDouble() - 1);
        return Duration.ofMillis((long) (duration.toMillis() * factor));
    }
}
