package io.tokenguard.downstream;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token, or why there is none, and how long that is used. Times are readings of a time source that never jumps.
 *
 * @param token the token; null if there is none
 * @param refusal why there is none; null if there is one
 * @param usableUntil until when it is used for further requests
 * @param refreshFrom from when on a newer one is requested in the background
 */
record HeldToken(@Nullable String token, @Nullable RelayException refusal, long usableUntil, long refreshFrom) {
    private static final int ENTRY_BYTES = 512;

    static HeldToken of(String token, long usableUntil, long refreshFrom) {
        return new HeldToken(token, null, usableUntil, refreshFrom);
    }

    static HeldToken none(RelayException refusal, long usableUntil) {
        return new HeldToken(null, refusal, usableUntil, usableUntil);
    }

    /** The same, whose refresh is due later. */
    HeldToken refreshedFrom(long later) {
        return new HeldToken(token, refusal, usableUntil, later);
    }

    String get() throws RelayException {
        if (refusal != null) {
            throw new RelayException(refusal);
        }
        return Objects.requireNonNull(token);
    }

    boolean isUsable(long now) {
        return usableUntil - now > 0;
    }

    boolean isToRefresh(long now) {
        return token != null && refreshFrom - now <= 0;
    }

    /** An estimate, in bytes. */
    int weight() {
        return ENTRY_BYTES + (token == null ? 0 : token.length());
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "HeldToken[not shown]";
    }
}
