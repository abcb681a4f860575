package io.tokenguard.cli;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits until something holds.
 *
 * @param longest for how long at most
 * @param longestFailing for how long at most while it fails
 */
record Patience(Duration longest, Duration longestFailing) {
    /** For a store: an attempt to connect is repeated for a moment, as the first one may come too early. */
    static final Patience OF_STORES = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(2));

    /**
     * Waits, and returns whether it holds.
     *
     * @param condition what is waited for
     * @param isFailing whether the last attempt failed
     */
    boolean await(BooleanSupplier condition, BooleanSupplier isFailing) {
        long start = System.nanoTime();
        long failingSince = start;
        while (!condition.getAsBoolean()) {
            long now = System.nanoTime();
            failingSince = isFailing.getAsBoolean() ? failingSince : now;
            if (now - start > longest.toNanos() || now - failingSince > longestFailing.toNanos()) {
                return false;
            }
            SharedStore.pause();
        }
        return true;
    }
}
