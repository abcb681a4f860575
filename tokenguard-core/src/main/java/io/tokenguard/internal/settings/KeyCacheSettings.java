package io.tokenguard.internal.settings;

import java.time.Duration;

/**
 * How long keys are kept.
 *
 * @param cacheTtl how long loaded keys are fresh
 * @param refreshAhead how long before they become stale they are loaded again
 * @param staleTtl how long they are kept after the last successful load
 */
public record KeyCacheSettings(Duration cacheTtl, Duration refreshAhead, Duration staleTtl) {
    /** The default of {@link #staleTtl}. */
    public static final Duration USUAL_STALE_TTL = Duration.ofHours(4);

    /** Keeps keys at least while they are fresh. */
    public KeyCacheSettings {
        staleTtl = staleTtl.compareTo(cacheTtl) < 0 ? cacheTtl : staleTtl;
    }

    KeyCacheSettings keptFor(Duration other) {
        return new KeyCacheSettings(cacheTtl, refreshAhead, other);
    }
}
