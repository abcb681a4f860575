package io.tokenguard.spi;

import java.time.Instant;

/**
 * Remembers which logout tokens and security event tokens were carried out, so that a copy is acknowledged and not carried
 * out again. Forgetting one is harmless: what it revokes was issued before it. Thread-safe.
 */
public interface ReceivedTokenStore {
    /**
     * Whether a token was carried out before, on any node. Waits for a bounded time; {@code false} where that can't be
     * known.
     *
     * @param token 32 bytes that stand for the token; neither changed nor kept
     */
    boolean contains(byte[] token);

    /**
     * Remembers that a token was carried out. Waits for a bounded time; does nothing where the store can't be reached.
     *
     * @param token 32 bytes that stand for the token; neither changed nor kept
     * @param forgetAt when it may be forgotten
     */
    void add(byte[] token, Instant forgetAt);
}
