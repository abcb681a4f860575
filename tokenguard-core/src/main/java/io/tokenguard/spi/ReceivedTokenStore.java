package io.tokenguard.spi;

import java.time.Instant;

/**
 * Stores which logout tokens and security event tokens were processed, so that a duplicate is acknowledged but not processed
 * again. Losing an entry is harmless: the token revokes only what was issued before it. Thread-safe.
 */
public interface ReceivedTokenStore {
    /**
     * Whether a token was processed before, on any node. Waits for a bounded time; returns {@code false} if that is unknown.
     *
     * @param token 32 bytes that identify the token; neither changed nor kept
     */
    boolean contains(byte[] token);

    /**
     * Stores that a token was processed. Waits for a bounded time; does nothing if the store is unreachable.
     *
     * @param token 32 bytes that identify the token; neither changed nor kept
     * @param forgetAt when the entry may be removed
     */
    void add(byte[] token, Instant forgetAt);
}
