package io.tokenguard.config;

import io.tokenguard.internal.bounds.Bounds;

/**
 * Whether and how many tokens are remembered that were found good, so that each is checked in full once. Immutable: each
 * method returns a new value.
 *
 * @param isOn whether tokens are remembered. Default: they are
 * @param maxEntries how many. Default: 100000; 100 to 10000000
 * @param maxBytes how much heap they may take, roughly. Default: 64 MiB; 1 MiB to 64 GiB. A token of
 *     1 000 characters takes about 4.2 KB
 * @see io.tokenguard.TokenGuardBuilder#tokenCache(TokenCache)
 */
public record TokenCache(boolean isOn, int maxEntries, long maxBytes) {
    private static final long MEBIBYTE = 1024L * 1024;

    /** Tokens are remembered. */
    public static TokenCache on() {
        return new TokenCache(true, 100_000, 64 * MEBIBYTE);
    }

    /** Each token is checked in full on each use. */
    public static TokenCache off() {
        return on().mode(false);
    }

    /** Says whether tokens are remembered. */
    public TokenCache mode(boolean isOn) {
        return new TokenCache(isOn, maxEntries, maxBytes);
    }

    /**
     * Bounds the number of tokens.
     *
     * @throws io.tokenguard.access.ConfigurationException if it is out of range
     */
    public TokenCache maxEntries(int tokens) {
        return new TokenCache(
                isOn, Bounds.between("tokenguard.token-cache.max-entries", tokens, 100, 10_000_000), maxBytes);
    }

    /**
     * Bounds the heap.
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
