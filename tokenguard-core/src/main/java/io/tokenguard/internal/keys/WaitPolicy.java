package io.tokenguard.internal.keys;

import java.time.Duration;

/**
 * How requests wait for a running load of keys.
 *
 * @param longest the longest wait of one request
 * @param most how many requests may wait at the same time
 * @param hurries whether loads before the first successful one are faster than the budget allows
 */
public record WaitPolicy(Duration longest, int most, boolean hurries) {
    private static final Duration LONGEST_OF_NAMED = Duration.ofSeconds(1);
    private static final int MOST_OF_NAMED = 64;

    /**
     * The same for issuers that tokens name: anyone can name them, so they must not hold all threads or cause unlimited
     * requests.
     */
    WaitPolicy ofNamedIssuers() {
        Duration shorter = longest.compareTo(LONGEST_OF_NAMED) < 0 ? longest : LONGEST_OF_NAMED;
        return new WaitPolicy(shorter, Math.min(most, MOST_OF_NAMED), false);
    }
}
