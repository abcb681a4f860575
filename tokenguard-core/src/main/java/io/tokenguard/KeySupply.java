package io.tokenguard;

import io.tokenguard.internal.keys.KeyRefreshPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How one issuer's keys are supplied.
 *
 * @param location where they are
 * @param refresh when they are loaded
 * @param timeout how long one load may take
 * @param largest the greatest number of bytes of a document
 * @param failsFast whether a guard is not built before the first load was good
 * @param snapshots the folder in which the last good keys are kept; empty where they are not
 */
record KeySupply(
        KeyLocation location,
        KeyRefreshPolicy refresh,
        Duration timeout,
        int largest,
        boolean failsFast,
        Optional<Path> snapshots) {
    /** The same, but that keys serve through another outage. */
    KeySupply servingThrough(Duration outage) {
        return new KeySupply(location, refresh.withOutageTtl(outage), timeout, largest, failsFast, snapshots);
    }

    /** The same for an issuer that a token names: made during a request, it must neither wait for its keys nor fail. */
    KeySupply ofNamedIssuer() {
        return new KeySupply(location, refresh.ofNamedIssuers(), timeout, largest, false, snapshots);
    }
}
