package io.tokenguard.internal.request;

/** Reads percent-encoded ASCII (RFC 3986 §2.1). A plus sign stays a plus sign, as certificates are not form-encoded. */
public final class PercentEncoding {
    private PercentEncoding() {}

    /**
     * Decodes a text.
     *
     * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits, or anything is not ASCII
     */
    public static String decode(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                c = (char) (digit(text, i + 1) << 4 | digit(text, i + 2));
                i += 2;
            }
            if (c >= 0x80) {
                throw new IllegalArgumentException("not ASCII");
            }
            decoded.append(c);
        }
        return decoded.toString();
    }

    private static int digit(String text, int at) {
        int digit = at < text.length() && text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("no hexadecimal digit");
        }
        return digit;
    }
}
