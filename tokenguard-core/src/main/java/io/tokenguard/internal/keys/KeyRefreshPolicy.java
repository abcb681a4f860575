package io.tokenguard.internal.keys;

import java.time.Duration;
import java.util.Optional;

/**
 * When the keys of an issuer are loaded, and how long they are used.
 *
 * @param cacheTtl how long a loaded set counts as fresh
 * @param refreshAhead how long before it becomes stale it is refreshed, in the background
 * @param cooldown the shortest time between two loads that tokens with unknown keys cause
 * @param outageTtl how long a set is used after its last successful load
 * @param startSpread the longest delay of the first load after a start, unless a token needs it
 * @param mostLoads the greatest number of loads in a minute, whatever their cause
 * @param waiting how requests wait for the first load
 */
public record KeyRefreshPolicy(
        Duration cacheTtl,
        Duration refreshAhead,
        Duration cooldown,
        Duration outageTtl,
        Duration startSpread,
        int mostLoads,
        WaitPolicy waiting) {
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(60);
    private static final Duration FILE_CHECK = Duration.ofSeconds(10);
    private static final int FILE_LOADS = 20;

    /** The same for a file, which is read every few seconds to notice changes. */
    public KeyRefreshPolicy ofFile() {
        return new KeyRefreshPolicy(
                FILE_CHECK, FILE_CHECK.dividedBy(5), cooldown, outageTtl, Duration.ZERO, FILE_LOADS, waiting);
    }

    /** The same for issuers that tokens name, through a template. */
    public KeyRefreshPolicy ofNamedIssuers() {
        return new KeyRefreshPolicy(
                cacheTtl, refreshAhead, cooldown, outageTtl, startSpread, mostLoads, waiting.ofNamedIssuers());
    }

    /** How long a set counts as fresh: the issuer may shorten it, to a minute at least, and never lengthen it. */
    Duration life(Optional<Duration> maxAge) {
        Duration stated = maxAge.orElse(cacheTtl);
        Duration floored = stated.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : stated;
        return floored.compareTo(cacheTtl) < 0 ? floored : cacheTtl;
    }

    /** How long after a successful load the next one starts: a shortened lifetime shortens it in proportion. */
    Duration refreshAfter(Optional<Duration> maxAge) {
        long share = cacheTtl.minus(refreshAhead).toMillis() * life(maxAge).toMillis() / cacheTtl.toMillis();
        return Duration.ofMillis(share);
    }
}
