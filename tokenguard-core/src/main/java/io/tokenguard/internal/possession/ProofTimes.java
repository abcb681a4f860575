package io.tokenguard.internal.possession;

import io.tokenguard.access.RefusedException.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a proof is good (RFC 9449 §4.3 step 11, §11.1). It may say that it ends sooner, and none needs to.
 *
 * @param issuedAt when it was made, {@code iat}
 * @param expiresAt when it ends by its own word, {@code exp}
 * @param notBefore when it begins by its own word, {@code nbf}
 */
record ProofTimes(Instant issuedAt, Optional<Instant> expiresAt, Optional<Instant> notBefore) {
    /** How far the clock of a client may be ahead. */
    private static final Duration MOST_AHEAD = Duration.ofSeconds(5);

    /** From five seconds before {@code iat} to the greatest age after it, both included. */
    boolean areGood(Instant now, Duration greatestAge) {
        Instant latestStart = now.plus(MOST_AHEAD);
        boolean isTooOld = issuedAt.isBefore(now.minus(greatestAge));
        boolean isTooYoung = issuedAt.isAfter(latestStart);
        boolean hasEnded = expiresAt.filter(end -> !now.isBefore(end)).isPresent();
        boolean hasNotBegun = notBefore.filter(latestStart::isBefore).isPresent();
        return !isTooOld && !isTooYoung && !hasEnded && !hasNotBegun;
    }

    Finding explain(Instant now, Duration greatestAge) {
        String ends = expiresAt.map(end -> ", exp " + end).orElse("");
        String begins = notBefore.map(begin -> ", nbf " + begin).orElse("");
        return Finding.of(
                        "iat " + issuedAt + begins + ends,
                        "iat from " + now.minus(greatestAge) + " to " + now.plus(MOST_AHEAD) + ", and not over")
                .by("tokenguard.dpop.proof-max-age");
    }
}
