package io.tokenguard.internal.introspection;

import java.time.Duration;

/**
 * Limits of concurrent calls and waiting requests, and how long answers are used.
 *
 * @param maxCalls the greatest number of concurrent calls
 * @param maxWaiting the greatest number of requests that wait for a call or its answer
 * @param timeout how long a request waits
 * @param cacheTtl how long an active answer is used
 * @param outageGrace how much longer an active answer is used while no newer one is available
 */
public record CallLimits(int maxCalls, int maxWaiting, Duration timeout, Duration cacheTtl, Duration outageGrace) {
    private static final int RESERVED_PART = 4;

    /** How many calls are reserved for recently active tokens, and as many for other tokens. */
    int reservedCalls() {
        return Math.max(1, maxCalls / RESERVED_PART);
    }

    /** How many waiting requests are reserved for recently active tokens. */
    int reservedWaiting() {
        return Math.max(1, maxWaiting / RESERVED_PART);
    }
}
