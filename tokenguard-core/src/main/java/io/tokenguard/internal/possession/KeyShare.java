package io.tokenguard.internal.possession;

import java.time.Duration;

/**
 * Counts the live proofs of one key, in parts of their lifetime. Never counts too few, and counts each at most an eighth of a
 * lifetime too long. Thread-safe; its lock is held for a few instructions.
 */
final class KeyShare {
    private static final int PARTS = 8;

    private final int[] counts = new int[PARTS + 1];
    private final long length;
    private long current;
    private int total;

    KeyShare(long lifeNanos, long now) {
        this.length = lifeNanos / PARTS;
        this.current = Math.floorDiv(now, length);
    }

    /** Counts one more. */
    synchronized void add(long now) {
        advance(now);
        counts[slot(current)]++;
        total++;
    }

    /** How long until there are fewer than the share; zero if there are. */
    synchronized Duration waitFor(int share, long now) {
        advance(now);
        int left = total;
        long part = current - PARTS;
        while (left >= share && part <= current) {
            left -= counts[slot(part)];
            part++;
        }
        // A part is dropped once the part one lifetime later has ended.
        return left == total ? Duration.ZERO : Duration.ofNanos(Math.max(1, (part + PARTS) * length - now));
    }

    /** Drops the expired parts. */
    private void advance(long now) {
        long part = Math.floorDiv(now, length);
        long steps = Math.min(part - current, counts.length);
        for (long step = 1; step <= steps; step++) {
            int oldest = slot(current + step);
            total -= counts[oldest];
            counts[oldest] = 0;
        }
        current = part;
    }

    private static int slot(long part) {
        return (int) Math.floorMod(part, PARTS + 1L);
    }
}
