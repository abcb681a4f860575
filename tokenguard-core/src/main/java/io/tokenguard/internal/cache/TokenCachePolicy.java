package io.tokenguard.internal.cache;

/**
 * The size of the token cache.
 *
 * @param isOn whether tokens are cached
 * @param mostEntries the greatest number of tokens
 * @param mostBytes the greatest heap size, in bytes
 */
public record TokenCachePolicy(boolean isOn, int mostEntries, long mostBytes) {
    /** The weight of an entry: its size, but at least so much that the number of entries stays within its bound. */
    int weightOf(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(bytes, mostBytes / mostEntries));
    }
}
