package io.tokenguard.internal.audit;

import java.time.Clock;
import java.util.function.DoubleSupplier;

/**
 * Makes identifiers of refusals: 26 characters, of which the first ten are the time, so that they sort by it. Unique, but
 * not secret.
 *
 * @param clock the time
 * @param chance numbers from 0 to below 1
 */
public record RefusalIds(Clock clock, DoubleSupplier chance) {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS_OF_DIGIT = 5;
    private static final int TIME_DIGITS = 10;
    private static final int RANDOM_DIGITS = 8;
    private static final double RANDOM_VALUES = 1L << (BITS_OF_DIGIT * RANDOM_DIGITS);

    /** A new identifier. */
    public String next() {
        StringBuilder id = new StringBuilder(TIME_DIGITS + 2 * RANDOM_DIGITS);
        append(id, clock.millis(), TIME_DIGITS);
        append(id, (long) (chance.getAsDouble() * RANDOM_VALUES), RANDOM_DIGITS);
        append(id, (long) (chance.getAsDouble() * RANDOM_VALUES), RANDOM_DIGITS);
        return id.toString();
    }

    private static void append(StringBuilder id, long value, int digits) {
        for (int digit = digits - 1; digit >= 0; digit--) {
            id.append(DIGITS.charAt((int) (value >>> (BITS_OF_DIGIT * digit)) & (DIGITS.length() - 1)));
        }
    }
}
