package io.tokenguard.internal.status;

import io.tokenguard.internal.keys.Clocks;
import io.tokenguard.internal.keys.DocumentFetcher;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * What is needed to load lists.
 *
 * @param policy how they are used
 * @param verifier verifies who signed them
 * @param fetchers fetches the lists of an issuer
 * @param workers runs work that may block
 * @param timer starts loads
 * @param clocks the time
 * @param chance random numbers from 0 to below 1
 */
public record ListSupplies(
        StatusPolicy policy,
        StatusListVerifier verifier,
        Function<String, DocumentFetcher> fetchers,
        Executor workers,
        ScheduledExecutorService timer,
        Clocks clocks,
        DoubleSupplier chance) {
    private static final double JITTER = 0.1;

    /** A duration that is up to a tenth shorter. */
    Duration jittered(Duration duration) {
        return Duration.ofMillis((long) (duration.toMillis() * (1 - JITTER * chance.getAsDouble())));
    }
}
