package io.tokenguard.internal.keys;

import java.time.Duration;

/**
 * What one fetch may cost.
 *
 * @param timeout for the whole exchange, body included
 * @param largest the greatest number of bytes of a body
 */
public record FetchLimits(Duration timeout, int largest) {}
