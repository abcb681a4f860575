package io.tokenguard.internal.jose;

import java.math.BigDecimal;

/** Reads JSON numbers (RFC 8259 §6) in time linear in their length. Not thread-safe. */
final class JsonNumberReader {
    private static final int LONGEST_EXPONENT = 308;
    private static final int MOST_EXACT_DIGITS = 20;

    /** Any number with so many digits fits a long. */
    private static final int SURELY_LONG = 18;

    private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal GREATEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private final byte[] json;
    private final int mostDigits;
    private int at;
    private boolean isWhole;
    private boolean isExact;
    private int digits;

    JsonNumberReader(byte[] json, int mostDigits) {
        this.json = json;
        this.mostDigits = mostDigits;
    }

    /** The position after the last number. */
    int end() {
        return at;
    }

    /** Checks the number whose first byte is at {@code start}, without converting it. */
    void skip(int start) throws MalformedException {
        at = start;
        skip('-');
        boolean startsWithZero = peek() == '0';
        digits = skipDigits();
        if (startsWithZero && digits > 1) {
            throw MalformedException.syntax("JSON number with a leading zero");
        }
        isWhole = true;
        if (skip('.')) {
            isWhole = false;
            digits += skipDigits();
        }
        if (digits > mostDigits) {
            throw MalformedException.limit("JSON digits");
        }
        isExact = digits <= MOST_EXACT_DIGITS;
        if (skip('e') || skip('E')) {
            isWhole = false;
            isExact &= skipExponent() <= LONGEST_EXPONENT;
        }
    }

    /** Reads the number whose first byte is at {@code start}. */
    Object read(int start) throws MalformedException {
        skip(start);
        if (isWhole && digits <= SURELY_LONG) {
            return wholeNumber(start);
        }
        if (!isExact) {
            return approximate(start);
        }
        BigDecimal number = new BigDecimal(JsonTextReader.ascii(json, start, at));
        return isWhole && fitsLong(number) ? Long.valueOf(number.longValue()) : number;
    }

    /** Takes linear time; exact arithmetic on long numbers or large exponents would not. */
    private Double approximate(int start) {
        double value = Double.parseDouble(JsonTextReader.ascii(json, start, at));
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    private Long wholeNumber(int start) {
        boolean isNegative = json[start] == '-';
        long value = 0;
        for (int i = isNegative ? start + 1 : start; i < at; i++) {
            value = value * 10 + json[i] - '0';
        }
        return isNegative ? -value : value;
    }

    private static boolean fitsLong(BigDecimal number) {
        return number.compareTo(LEAST_LONG) >= 0 && number.compareTo(GREATEST_LONG) <= 0;
    }

    /** The absolute value of the exponent; one beyond the limit may be returned too small. */
    private int skipExponent() throws MalformedException {
        if (!skip('+')) {
            skip('-');
        }
        int start = at;
        int value = 0;
        skipDigits();
        for (int i = start; i < at && value <= LONGEST_EXPONENT; i++) {
            value = value * 10 + json[i] - '0';
        }
        return value;
    }

    private int skipDigits() throws MalformedException {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw MalformedException.syntax("JSON value expected");
        }
        return at - start;
    }

    private boolean skip(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private int peek() {
        return at < json.length ? json[at] : -1;
    }
}
