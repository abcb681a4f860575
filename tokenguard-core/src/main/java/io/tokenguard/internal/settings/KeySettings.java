package io.tokenguard.internal.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the keys of one issuer are loaded.
 *
 * @param location where they are
 * @param cache how long they are kept
 * @param loads how they are loaded
 * @param connection how the issuer is reached
 * @param snapshots the folder for the last good keys; empty if they are not kept
 * @param isNamedByToken whether a token named the issuer: made during a request, it must neither wait for keys nor fail
 */
public record KeySettings(
        KeyLocation location,
        KeyCacheSettings cache,
        KeyLoadSettings loads,
        ConnectionSettings connection,
        Optional<Path> snapshots,
        boolean isNamedByToken) {
    /** The same for an issuer that a token names. */
    KeySettings ofNamedIssuer() {
        return new KeySettings(location, cache, loads.patient(), connection, snapshots, true);
    }

    /** The same with keys that are kept for another time while they can't be loaded. */
    KeySettings keptFor(Duration staleTtl) {
        return new KeySettings(location, cache.keptFor(staleTtl), loads, connection, snapshots, isNamedByToken);
    }

    /** Contains no address. */
    @Override
    public String toString() {
        return "KeySettings[not shown]";
    }
}
