package io.tokenguard.internal.claims;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.time.Duration;
import java.time.Instant;

/** Checks a token's lifetime (RFC 7519 §4.1.4 to §4.1.6). Runs on every use of a token. Immutable. */
public final class LifetimeCheck {
    private static final long CENTURY = 100L * 365 * 86_400;

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
        // Expired from exp + skew on; valid one second before.
        if (isOver(times, now)) {
            throw outOfTime(RefusalReason.EXPIRED, "exp", expiry, time);
        }
        if (expiry < Math.max(times.notBefore(), times.issuedAt())) {
            throw new RefusedException(
                    RefusalReason.CLAIMS_MALFORMED,
                    "exp before nbf or iat",
                    () -> Finding.of("exp " + at(expiry), "exp after nbf and iat"));
        }
        // Valid from nbf - skew on; not valid one second before. The same holds for iat.
        if (times.hasNotBefore() && time < times.notBefore() - skew) {
            throw outOfTime(RefusalReason.NOT_YET_VALID, "nbf", times.notBefore(), time);
        }
        if (times.hasIssuedAt() && time < times.issuedAt() - skew) {
            throw outOfTime(RefusalReason.ISSUED_IN_FUTURE, "iat", times.issuedAt(), time);
        }
        // A lifetime of exactly the maximum is valid; one second more is not.
        long lifetime = expiry - (times.hasIssuedAt() ? Math.min(time, times.issuedAt()) : time);
        if (lifetime > maxLifetime) {
            throw tooLong(lifetime, expiry);
        }
        if (maxAge >= 0) {
            checkAge(times, time);
        }
    }

    /** Too old from iat + maxAge + skew on; valid one second before. */
    private void checkAge(TokenTimes times, long time) throws RefusedException {
        if (!times.hasIssuedAt()) {
            throw new RefusedException(
                    RefusalReason.CLAIM_MISSING,
                    "iat",
                    () -> Finding.of("no iat", "iat, because a greatest age is set")
                            .by("tokenguard.max-token-age"));
        }
        if (time >= times.issuedAt() + maxAge + skew) {
            throw tooOld(times.issuedAt(), time);
        }
    }

    /** Takes plain numbers, so that a check that passes allocates nothing for its explanation. */
    private RefusedException outOfTime(RefusalReason reason, String claim, long found, long time) {
        String rule = reason == RefusalReason.EXPIRED ? " after " : " not after ";
        return new RefusedException(
                reason,
                "",
                () -> Finding.of(
                                claim + " " + at(found) + ", " + Math.abs(time - found) + " s "
                                        + (found < time ? "ago" : "ahead"),
                                claim + rule + at(time) + ", with a clock skew of " + skew + " s")
                        .hint(unit(found - time)));
    }

    private RefusedException tooLong(long seconds, long expiry) {
        return new RefusedException(
                RefusalReason.LIFETIME_TOO_LONG,
                "",
                () -> Finding.of(
                                "a lifetime of " + seconds + " s, exp " + at(expiry),
                                "a lifetime of at most " + maxLifetime + " s")
                        .hint(unit(seconds)));
    }

    private static String unit(long secondsAhead) {
        return secondsAhead > CENTURY
                ? "this looks like milliseconds: let the issuer write seconds since 1970 (RFC 7519 section 2)"
                : "";
    }

    private RefusedException tooOld(long issuedAt, long time) {
        return new RefusedException(
                RefusalReason.MAX_AGE_EXCEEDED,
                "",
                () -> Finding.of(
                        "iat " + at(issuedAt) + ", " + (time - issuedAt) + " s ago at " + at(time),
                        "an age of at most " + maxAge + " s, with a clock skew of " + skew + " s"));
    }

    private static Instant at(long seconds) {
        return Instant.ofEpochSecond(seconds);
    }

    /** Whether a token has expired for good. */
    public boolean isOver(TokenTimes times, Instant now) {
        return now.getEpochSecond() >= times.expiresAt() + skew;
    }
}
