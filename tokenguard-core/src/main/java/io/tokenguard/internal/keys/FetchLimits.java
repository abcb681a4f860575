package io.tokenguard.internal.keys;

import java.time.Duration;

/**
 * The limits of one fetch.
 *
 * @param timeout for the whole exchange, body included
 * @param largest the greatest number of bytes of a body, also when decoded
 * @param mostKeys the greatest number of keys in a key set
 */
public record FetchLimits(Duration timeout, int largest, int mostKeys) {
    /** Limits for documents that are no key sets. */
    public FetchLimits(Duration timeout, int largest) {
        this(timeout, largest, 0);
    }
}
