package io.tokenguard.internal.cache;

/**
 * How much is remembered.
 *
 * @param isOn whether anything is
 * @param mostEntries how many tokens
 * @param mostBytes how much heap they may take
 */
public record TokenCachePolicy(boolean isOn, int mostEntries, long mostBytes) {
    /** How much an entry counts for: by its size, and at least so much that there can't be more entries than are allowed. */
    int weightOf(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(bytes, mostBytes / mostEntries));
    }
}
