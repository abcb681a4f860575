package io.tokenguard.internal.jose;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads a NumericDate: seconds since 1970, with or without a fraction (RFC 7519 §2). */
public final class NumericDate {
    /** The end of the year 9999. What lies beyond is treated as this far away. */
    public static final long FARTHEST = 253_402_300_799L;

    private static final BigDecimal LATEST = BigDecimal.valueOf(FARTHEST);
    private static final BigDecimal EARLIEST = BigDecimal.valueOf(-FARTHEST);

    private NumericDate() {}

    /**
     * The whole seconds of a date, rounded down and cut to the end of the year 9999 in either direction.
     *
     * @param value a value as {@link JsonReader} reads it
     * @return empty if it is no number, or one of more than 20 digits or with an exponent beyond 308
     */
    public static OptionalLong seconds(@Nullable Object value) {
        if (value instanceof Long seconds) {
            return OptionalLong.of(Math.max(-FARTHEST, Math.min(FARTHEST, seconds)));
        }
        // Numbers beyond the limits of digits and exponents are read as Double; no date needs them.
        return value instanceof BigDecimal seconds ? OptionalLong.of(cut(seconds)) : OptionalLong.empty();
    }

    private static long cut(BigDecimal seconds) {
        return seconds.min(LATEST).max(EARLIEST).setScale(0, RoundingMode.FLOOR).longValueExact();
    }
}
