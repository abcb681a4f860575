package io.tokenguard.internal.introspection;

import java.time.Duration;

/**
 * How many calls run and how many requests wait, and how long answers are used.
 *
 * @param maxCalls the greatest number of concurrent calls
 * @param maxWaiting the greatest number of requests that wait for a call or its answer
 * @param timeout how long a request waits
 * @param cacheTtl how long an active answer is used
 * @param outageGrace how much longer an active answer is used while no newer one can be had
 */
public record CallLimits(int maxCalls, int maxWaiting, Duration timeout, Duration cacheTtl, Duration outageGrace) {
    private static final int RESERVED_PART = 4;

    /** How many calls are kept for tokens that were active lately, and how many for other tokens. */
    int reservedCalls() {
        return Math.max(1, maxCalls / RESERVED_PART);
    }

    /** How many of the requests that wait are kept for tokens that were active lately. */
    int reservedWaiting() {
        return Math.max(1, maxWaiting / RESERVED_PART);
    }
}
