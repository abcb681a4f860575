package io.tokenguard.internal.keys;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A running load.
 *
 * @param number how many loads had begun when it began
 * @param begunAt when it began, by the steady clock
 * @param end completes when the load ends, successfully or not
 */
record Load(long number, Instant begunAt, CompletableFuture<Void> end) {}
