package io.tokenguard.internal.status;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.claims.ClaimReader;
import io.tokenguard.internal.jose.Base64Url;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.spi.VerificationKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A loaded status list (Token Status List §5.1).
 *
 * @param list the list
 * @param key the key that verified it
 * @param issuedAt when it was issued
 * @param expiresAt when it expires; empty if absent
 * @param timeToLive how long it may be cached; empty if absent
 */
record LoadedList(
        StatusList list,
        VerificationKey key,
        Instant issuedAt,
        Optional<Instant> expiresAt,
        Optional<Duration> timeToLive) {
    private static final List<Long> SIZES = List.of(1L, 2L, 4L, 8L);
    private static final long LONGEST_LIFE = Duration.ofDays(365).toSeconds();

    /**
     * Reads a token.
     *
     * @param issuer the issuer that it must have
     * @param address the address that it was fetched from
     * @param now the time
     * @param largest the greatest number of bytes of its statuses
     * @throws RefusedException if a claim is missing, malformed or has another value, or the token is not valid now
     */
    static LoadedList read(VerifiedStatusList verified, String issuer, String address, Instant now, int largest)
            throws RefusedException {
        Map<String, @Nullable Object> members = verified.claims().members();
        ClaimReader claims = new ClaimReader(members);
        if (claims.has("iss") && !issuer.equals(members.get("iss"))) {
            throw new RefusedException(RefusalReason.ISSUER_UNKNOWN, "list of another issuer");
        }
        if (!address.equals(members.get("sub"))) {
            throw new RefusedException(RefusalReason.AUDIENCE_MISMATCH, "list of another address");
        }
        long skew = verified.clockSkew().toSeconds();
        long issuedAt = required(claims.numericDate("iat"), "iat");
        if (now.getEpochSecond() < issuedAt - skew) {
            throw new RefusedException(RefusalReason.ISSUED_IN_FUTURE, "list");
        }
        OptionalLong expiry = claims.numericDate("exp");
        if (expiry.isPresent() && now.getEpochSecond() >= expiry.getAsLong() + skew) {
            throw new RefusedException(RefusalReason.EXPIRED, "list");
        }
        return new LoadedList(
                readList(members.get("status_list"), largest),
                verified.key(),
                Instant.ofEpochSecond(issuedAt),
                expiry.isPresent() ? Optional.of(Instant.ofEpochSecond(expiry.getAsLong() + skew)) : Optional.empty(),
                timeToLive(members.get("ttl")));
    }

    private static long required(OptionalLong date, String claim) throws RefusedException {
        return date.orElseThrow(() -> new RefusedException(RefusalReason.CLAIM_MISSING, claim));
    }

    /** §5.1: a positive number of seconds. */
    private static Optional<Duration> timeToLive(@Nullable Object value) throws RefusedException {
        if (value == null) {
            return Optional.empty();
        }
        BigDecimal seconds = value instanceof Long whole
                ? BigDecimal.valueOf(whole)
                : value instanceof BigDecimal fraction ? fraction : BigDecimal.ZERO;
        if (seconds.signum() <= 0) {
            throw ClaimReader.malformed("ttl");
        }
        return Optional.of(
                Duration.ofSeconds(seconds.min(BigDecimal.valueOf(LONGEST_LIFE)).longValue()));
    }

    private static StatusList readList(@Nullable Object value, int largest) throws RefusedException {
        if (value instanceof Map<?, ?> object
                && object.get("bits") instanceof Long bits
                && SIZES.contains(bits)
                && object.get("lst") instanceof String compressed) {
            return new StatusList(bits.intValue(), BoundedInflation.inflate(decode(compressed), largest));
        }
        throw ClaimReader.malformed("status_list");
    }

    private static byte[] decode(String compressed) throws RefusedException {
        try {
            return Base64Url.decode(compressed, 0, compressed.length());
        } catch (MalformedException malformed) {
            throw ClaimReader.malformed("status_list");
        }
    }
}
