package io.tokenguard.internal.keys;

import java.time.Duration;

/**
 * How requests wait for a load of keys that is under way.
 *
 * @param longest the longest wait of one request
 * @param most how many requests may wait at the same time
 * @param hurries whether loads before the first good one come faster than the budget allows
 */
public record WaitPolicy(Duration longest, int most, boolean hurries) {
    private static final Duration LONGEST_OF_NAMED = Duration.ofSeconds(1);
    private static final int MOST_OF_NAMED = 64;

    /** The same for issuers that tokens name: strangers must neither hold all threads nor make us ask without end. */
    WaitPolicy ofNamedIssuers() {
        Duration shorter = longest.compareTo(LONGEST_OF_NAMED) < 0 ? longest : LONGEST_OF_NAMED;
        return new WaitPolicy(shorter, Math.min(most, MOST_OF_NAMED), false);
    }
}
