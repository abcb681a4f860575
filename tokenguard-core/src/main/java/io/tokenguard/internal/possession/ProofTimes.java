package io.tokenguard.internal.possession;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a proof is valid (RFC 9449 §4.3 step 11, §11.1). Its optional claims can only shorten that.
 *
 * @param issuedAt when it was made, {@code iat}
 * @param expiresAt when it expires, {@code exp}
 * @param notBefore when it becomes valid, {@code nbf}
 */
record ProofTimes(Instant issuedAt, Optional<Instant> expiresAt, Optional<Instant> notBefore) {
    /** How far the clock of a client may be ahead. */
    private static final Duration MOST_AHEAD = Duration.ofSeconds(5);

    /** From five seconds before {@code iat} to the greatest age after it, both inclusive. */
    boolean areGood(Instant now, Duration greatestAge) {
        Instant latestStart = now.plus(MOST_AHEAD);
        boolean isTooOld = issuedAt.isBefore(now.minus(greatestAge));
        boolean isTooYoung = issuedAt.isAfter(latestStart);
        boolean hasEnded = expiresAt.filter(end -> !now.isBefore(end)).isPresent();
        boolean hasNotBegun = notBefore.filter(latestStart::isBefore).isPresent();
        return !isTooOld && !isTooYoung && !hasEnded && !hasNotBegun;
    }
}
