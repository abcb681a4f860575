package io.tokenguard.internal.possession;

import io.tokenguard.access.RefusedException.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a proof is valid (RFC 9449 §4.3 step 11, §11.1). {@code exp} and {@code nbf} are optional, and enforced if present.
 *
 * @param issuedAt {@code iat}, when it was made
 * @param expiresAt {@code exp}, when it ends
 * @param notBefore {@code nbf}, when it begins
 */
record ProofTimes(Instant issuedAt, Optional<Instant> expiresAt, Optional<Instant> notBefore) {
    /**
     * From the skew before {@code iat} to the greatest age after it, both included.
     *
     * @param skew how far the clock of a client may be ahead
     */
    boolean areGood(Instant now, Duration greatestAge, Duration skew) {
        Instant latestStart = now.plus(skew);
        boolean isTooOld = issuedAt.isBefore(now.minus(greatestAge));
        boolean isTooYoung = issuedAt.isAfter(latestStart);
        boolean hasEnded = expiresAt.filter(end -> !now.isBefore(end)).isPresent();
        boolean hasNotBegun = notBefore.filter(latestStart::isBefore).isPresent();
        return !isTooOld && !isTooYoung && !hasEnded && !hasNotBegun;
    }

    Finding explain(Instant now, Duration greatestAge, Duration skew) {
        String ends = expiresAt.map(end -> ", exp " + end).orElse("");
        String begins = notBefore.map(begin -> ", nbf " + begin).orElse("");
        return Finding.of(
                        "iat " + issuedAt + begins + ends,
                        "iat from " + now.minus(greatestAge) + " to " + now.plus(skew) + ", and not over")
                .by("tokenguard.dpop.proof-max-age", "tokenguard.dpop.clock-skew");
    }
}
