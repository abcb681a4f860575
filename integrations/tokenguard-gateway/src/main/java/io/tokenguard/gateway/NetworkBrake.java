package io.tokenguard.gateway;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.tokenguard.internal.limits.BrakeSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The brake of one network. Thread-safe. */
final class NetworkBrake {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Goes below zero while bad tokens keep coming, so that the brake is released only some time after the last of them. */
    private final Bucket failures;

    private final Bucket newTokensOfFailed;
    private final Bucket newTokensOfOthers;
    private final long deepest;

    NetworkBrake(BrakeSettings settings, LongSupplier nanoTime) {
        failures = TokenBuckets.of(settings.maxFailures(), settings.maxFailures(), MINUTE, nanoTime);
        newTokensOfFailed = TokenBuckets.of(settings.newTokens(), settings.newTokens(), SECOND, nanoTime);
        newTokensOfOthers = TokenBuckets.of(settings.newTokens(), settings.newTokens(), SECOND, nanoTime);
        deepest = -settings.maxFailures();
    }

    /** When the brake is released if no further bad token comes, from now; empty if it is not on. */
    Optional<Duration> untilReleased() {
        return failures.getAvailableTokens() > 0
                ? Optional.empty()
                : Optional.of(
                        Duration.ofNanos(failures.estimateAbilityToConsume(1).getNanosToWaitForRefill()));
    }

    boolean isOn() {
        return failures.getAvailableTokens() <= 0;
    }

    /**
     * Lets a new token of a host that sent bad ones be verified.
     *
     * @return empty if it may be verified; otherwise when the next one may be, from now
     */
    Optional<Duration> admitOfFailed() {
        return taken(newTokensOfFailed);
    }

    /**
     * Lets a new token of a host that sent no bad ones be verified.
     *
     * @param own the budget of the host
     * @return empty if it may be verified; otherwise when the next one may be, from now
     */
    Optional<Duration> admitOfOther(Bucket own) {
        Optional<Duration> wait = taken(own);
        if (wait.isPresent()) {
            return wait;
        }
        Optional<Duration> shared = taken(newTokensOfOthers);
        if (shared.isPresent()) {
            own.addTokens(1);
        }
        return shared;
    }

    private static Optional<Duration> taken(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Counts a bad token. Returns whether it turns the brake on. */
    boolean countFailure() {
        long available = failures.getAvailableTokens();
        if (available > deepest) {
            long unused = failures.consumeIgnoringRateLimits(1);
        }
        return available == 1;
    }
}
