package io.tokenguard.internal.keys;

import java.time.Duration;
import java.time.Instant;

/**
 * The keys that one good load brought. Immutable; kept until the next good load, or until the last moment they may serve.
 *
 * @param keys the keys
 * @param loadedAt when the load ended
 * @param freshUntil in milliseconds since 1970, when a newer generation should be there
 * @param servesUntil in milliseconds since 1970, when they stop to serve though there is none
 */
record Generation(KeySet keys, Instant loadedAt, long freshUntil, long servesUntil) {
    static Generation of(KeySet keys, Instant loadedAt, Duration life, Duration outageTtl) {
        return new Generation(
                keys,
                loadedAt,
                loadedAt.plus(life).toEpochMilli(),
                loadedAt.plus(outageTtl).toEpochMilli());
    }
}
