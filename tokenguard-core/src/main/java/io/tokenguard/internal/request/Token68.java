package io.tokenguard.internal.request;

/** The characters of credentials (RFC 9110 §11.2). */
final class Token68 {
    private static final boolean[] CHARACTERS = AsciiTable.alphanumericAnd("-._~+/");

    private Token68() {}

    /** {@code 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="}, from the start to the end. */
    static boolean isAt(String field, int start) {
        int at = start;
        while (at < field.length() && AsciiTable.has(CHARACTERS, field.charAt(at))) {
            at++;
        }
        if (at == start) {
            return false;
        }
        while (at < field.length() && field.charAt(at) == '=') {
            at++;
        }
        return at == field.length();
    }
}
