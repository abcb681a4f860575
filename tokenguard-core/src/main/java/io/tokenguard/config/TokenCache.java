package io.tokenguard.config;

import io.tokenguard.internal.bounds.Bounds;

/**
 * Whether and how many verified tokens are cached, so that each is validated in full once. Immutable: each
 * method returns a new value.
 *
 * @param isOn whether verified tokens are cached. Default: yes
 * @param maxEntries how many tokens are cached. Default: 100000; 100 to 10000000
 * @param maxBytes how much heap they may take, approximately. Default: 64 MiB; 1 MiB to 64 GiB. A token of
 *     1 000 characters takes about 1.4 KB
 * @see io.tokenguard.TokenGuardBuilder#tokenCache(TokenCache)
 */
public record TokenCache(boolean isOn, int maxEntries, long maxBytes) {
    private static final long MEBIBYTE = 1024L * 1024;

    /** Verified tokens are cached. */
    public static TokenCache on() {
        return new TokenCache(true, 100_000, 64 * MEBIBYTE);
    }

    /** Each token is validated in full on each use. */
    public static TokenCache off() {
        return on().mode(false);
    }

    /** Whether verified tokens are cached. */
    public TokenCache mode(boolean isOn) {
        return new TokenCache(isOn, maxEntries, maxBytes);
    }

    /**
     * Limits the number of tokens.
     *
     * @throws io.tokenguard.access.ConfigurationException if it is out of range
     */
    public TokenCache maxEntries(int tokens) {
        return new TokenCache(
                isOn, Bounds.between("tokenguard.token-cache.max-entries", tokens, 100, 10_000_000), maxBytes);
    }

    /**
     * Limits the heap.
     *
     * @throws io.tokenguard.access.ConfigurationException if it is out of range
     */
    public TokenCache maxBytes(long bytes) {
        return new TokenCache(
                isOn,
                maxEntries,
                Bounds.between("tokenguard.token-cache.max-bytes", bytes, MEBIBYTE, 64 * 1024 * MEBIBYTE));
    }
}
