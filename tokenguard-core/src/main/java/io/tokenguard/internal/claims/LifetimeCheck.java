package io.tokenguard.internal.claims;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** Checks a token's lifetime (RFC 7519 §4.1.4 to §4.1.6). Runs on every use of a token. Immutable. */
public final class LifetimeCheck {
    private final long skew;
    private final long maxAge;
    private final long maxLifetime;

    /** A check with one issuer's limits. */
    public LifetimeCheck(LifetimePolicy policy) {
        this.skew = policy.clockSkew().toSeconds();
        this.maxAge = policy.maxAge().map(Duration::toSeconds).orElse(-1L);
        this.maxLifetime = policy.maxLifetime().toSeconds();
    }

    /** The greatest difference between the clocks of issuer and API. */
    public Duration clockSkew() {
        return Duration.ofSeconds(skew);
    }

    /**
     * Checks a token.
     *
     * @param times its times
     * @param now the one time of this request
     * @throws RefusedException if the token is expired, not valid yet, too old, or lives too long
     */
    public void check(TokenTimes times, Instant now) throws RefusedException {
        long time = now.getEpochSecond();
        long expiry = times.expiresAt();
        OptionalLong notBefore = times.notBefore();
        OptionalLong issuedAt = times.issuedAt();
        // Expired from exp + skew on; valid one second before.
        if (isOver(times, now)) {
            throw new RefusedException(RefusalReason.EXPIRED);
        }
        if (expiry < Math.max(notBefore.orElse(expiry), issuedAt.orElse(expiry))) {
            throw new RefusedException(RefusalReason.CLAIMS_MALFORMED, "exp before nbf or iat");
        }
        // Valid from nbf - skew on; not valid one second before. The same holds for iat.
        if (notBefore.isPresent() && time < notBefore.getAsLong() - skew) {
            throw new RefusedException(RefusalReason.NOT_YET_VALID);
        }
        if (issuedAt.isPresent() && time < issuedAt.getAsLong() - skew) {
            throw new RefusedException(RefusalReason.ISSUED_IN_FUTURE);
        }
        // A lifetime of exactly the maximum is valid; one second more is not.
        if (expiry - Math.min(time, issuedAt.orElse(time)) > maxLifetime) {
            throw new RefusedException(RefusalReason.LIFETIME_TOO_LONG);
        }
        if (maxAge >= 0) {
            checkAge(issuedAt, time);
        }
    }

    /** Too old from iat + maxAge + skew on; valid one second before. */
    private void checkAge(OptionalLong issuedAt, long time) throws RefusedException {
        if (issuedAt.isEmpty()) {
            throw new RefusedException(RefusalReason.CLAIM_MISSING, "iat");
        }
        if (time >= issuedAt.getAsLong() + maxAge + skew) {
            throw new RefusedException(RefusalReason.MAX_AGE_EXCEEDED);
        }
    }

    /** Whether a token has expired for good. */
    public boolean isOver(TokenTimes times, Instant now) {
        return now.getEpochSecond() >= times.expiresAt() + skew;
    }
}
