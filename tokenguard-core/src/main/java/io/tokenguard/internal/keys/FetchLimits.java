package io.tokenguard.internal.keys;

import java.time.Duration;

/**
 * The limits of one fetch.
 *
 * @param timeout for the whole exchange, body included
 * @param largest the greatest number of bytes of a body
 */
public record FetchLimits(Duration timeout, int largest) {}
