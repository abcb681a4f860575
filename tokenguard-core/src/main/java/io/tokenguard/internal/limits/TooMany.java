package io.tokenguard.internal.limits;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.bounds.Durations;
import java.time.Duration;

/** The refusals of requests that are too many. */
public final class TooMany {
    private static final Duration ALMOST_A_SECOND = Duration.ofNanos(999_999_999);

    private TooMany() {}

    /**
     * Too many bad tokens came from a network.
     *
     * @param detail a constant of the code
     * @param wait when the next attempt is due, from now
     */
    public static RefusedException badTokens(String detail, Duration wait) {
        return RefusedException.until(RefusalReason.TOO_MANY_BAD_TOKENS, detail, wait);
    }

    /** Whether too many bad tokens came from a network. */
    public static boolean isOfBadTokens(RefusedException refused) {
        return refused.reason() == RefusalReason.TOO_MANY_BAD_TOKENS;
    }

    /** It is unknown whether a request exceeds a limit. */
    public static RefusedException unknown() {
        return new RefusedException(RefusalReason.LIMIT_STORE_UNAVAILABLE);
    }

    /** A request exceeds a limit. */
    public static RefusedException requests(Limiter.Excess excess) {
        Duration wait =
                Duration.ofSeconds(excess.retryAfter().plus(ALMOST_A_SECOND).toSeconds());
        return RefusedException.until(
                        RefusalReason.RATE_LIMIT_EXCEEDED, excess.limit().name(), wait)
                .explained(unused -> Finding.of(
                                "more requests; the next is allowed in " + Durations.write(wait), excess.limit())
                        .by(excess.charge().key()));
    }
}
