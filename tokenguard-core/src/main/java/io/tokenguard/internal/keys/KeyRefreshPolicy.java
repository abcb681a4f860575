package io.tokenguard.internal.keys;

import java.time.Duration;
import java.util.Optional;

/**
 * When the keys of an issuer are loaded, and how long they serve.
 *
 * @param cacheTtl how long a loaded set counts as fresh
 * @param refreshAhead how long before its end it is loaded anew, in the background
 * @param cooldown the shortest time between two loads that tokens with unknown keys can cause
 * @param outageTtl how long a set goes on to serve after its last good load
 * @param startSpread the longest time after a start at which the first load begins, unless a token asks for it
 * @param mostLoads the greatest number of loads in a minute, whatever causes them
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

    /** The same with another outage; a set serves for as long as it is fresh in any case. */
    public KeyRefreshPolicy withOutageTtl(Duration outage) {
        Duration serve = outage.compareTo(cacheTtl) < 0 ? cacheTtl : outage;
        return new KeyRefreshPolicy(cacheTtl, refreshAhead, cooldown, serve, startSpread, mostLoads, waiting);
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

    /** How long after a good load the next one starts: the same share of a life that was shortened. */
    Duration refreshAfter(Optional<Duration> maxAge) {
        long share = cacheTtl.minus(refreshAhead).toMillis() * life(maxAge).toMillis() / cacheTtl.toMillis();
        return Duration.ofMillis(share);
    }
}
