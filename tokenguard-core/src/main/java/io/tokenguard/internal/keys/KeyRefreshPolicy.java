package io.tokenguard.internal.keys;

import java.time.Duration;

/**
 * When the keys of an issuer are loaded, and how long they serve.
 *
 * @param cacheTtl how long a loaded set counts as fresh
 * @param refreshAhead how long before its end it is loaded anew, in the background
 * @param cooldown the shortest time between two loads that tokens with unknown keys can cause
 * @param outageTtl how long a set goes on to serve after its last good load
 */
public record KeyRefreshPolicy(Duration cacheTtl, Duration refreshAhead, Duration cooldown, Duration outageTtl) {
    /** How long after a good load the next one starts. */
    Duration refreshAfter() {
        return cacheTtl.minus(refreshAhead);
    }
}
