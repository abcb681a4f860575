package io.tokenguard.internal.keys;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A running load.
 *
 * @param number how many loads had begun when it had
 * @param begunAt when it began, by {@link Clocks#moment}
 * @param end ends when the load ends, however it does
 */
record Load(long number, Instant begunAt, CompletableFuture<Void> end) {}
