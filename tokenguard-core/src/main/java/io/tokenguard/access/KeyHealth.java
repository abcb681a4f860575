package io.tokenguard.access;

import java.time.Instant;
import java.util.Optional;

/**
 * How the keys of one issuer are, at one moment.
 *
 * @param issuer whose keys they are
 * @param state how they are
 * @param loadedAt when they were last loaded well; empty where they never were, or need no loading
 * @param lastFailure why the last load failed, in fixed words; empty where it was good
 * @param nextAttempt when they are loaded next; empty where no load is planned
 * @param loadsLeft how many loads may still start within the current minute
 * @param isLoading whether a load is under way
 * @param isTenant whether the issuer was found by a template; its keys then do not decide whether the guard is ready
 */
public record KeyHealth(
        String issuer,
        KeyState state,
        Optional<Instant> loadedAt,
        Optional<String> lastFailure,
        Optional<Instant> nextAttempt,
        int loadsLeft,
        boolean isLoading,
        boolean isTenant) {
    /** The health of keys that need no loading. */
    public static KeyHealth fixed(String issuer) {
        return new KeyHealth(
                issuer, KeyState.FRESH, Optional.empty(), Optional.empty(), Optional.empty(), 0, false, false);
    }

    /** The same health, of an issuer that was found by a template. */
    public KeyHealth ofTenant() {
        return new KeyHealth(issuer, state, loadedAt, lastFailure, nextAttempt, loadsLeft, isLoading, true);
    }
}
