package io.tokenguard.access;

import java.time.Instant;
import java.util.Optional;

/**
 * How it is told which tokens are revoked, at one moment.
 *
 * @param state whether it can be told
 * @param syncedAt when the revocations of other nodes were last known to be complete; empty where they never were, or where
 *     none are looked for
 * @param trouble why they are behind, in a few words; empty where they are not
 * @param entries how many revocations are remembered, those included that were over within the last hour
 */
public record RevocationHealth(State state, Optional<Instant> syncedAt, Optional<String> trouble, int entries) {
    /** Whether it can be told which tokens are revoked. */
    public enum State {
        /** It can. */
        KNOWN,
        /** There is trouble, and tokens pass: it began only now, or the outage policy lets them. */
        DEGRADED,
        /** It can't, and tokens are answered with 503. */
        UNKNOWN
    }
}
