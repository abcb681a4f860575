package io.tokenguard;

import io.tokenguard.internal.keys.KeyRefreshPolicy;
import java.time.Duration;

/**
 * How one issuer's keys are supplied.
 *
 * @param location where they are
 * @param refresh when they are loaded
 * @param timeout how long one load may take
 * @param largest the greatest number of bytes of a document
 */
record KeySupply(KeyLocation location, KeyRefreshPolicy refresh, Duration timeout, int largest) {}
