package io.tokenguard.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Extracts the part of a token's text that identifies the token. */
final class TokenText {
    /** Linear: each character has one way to match. */
    private static final Pattern PASTED =
            Pattern.compile("\\s*(?:(?:Bearer|DPoP)\\s+)?([\\x21-\\x7E]+)\\s*", Pattern.CASE_INSENSITIVE);

    private TokenText() {}

    /**
     * The identifying part: header and payload of a signed token (RFC 7515 §5.1), or the whole text of any other token.
     *
     * @throws IllegalArgumentException if the text is not one token, with or without a scheme
     */
    static String identity(String text) {
        Matcher pasted = PASTED.matcher(text);
        if (!pasted.matches()) {
            throw new IllegalArgumentException("the text is not one token: it is empty, or has white space or other"
                    + " characters that no token has; pass one token, with or without its scheme");
        }
        String token = pasted.group(1);
        return isSigned(token) ? token.substring(0, token.lastIndexOf('.')) : token;
    }

    /**
     * Whether a token is a signed one in its compact form (RFC 7515 §7.1): three parts, the first of them a JSON object. Other
     * tokens may contain dots too, and may differ only after the last one.
     */
    private static boolean isSigned(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        boolean hasThreeParts = first > 0 && second > 0 && token.indexOf('.', second + 1) < 0;
        return hasThreeParts && isJsonObject(token.substring(0, first));
    }

    /** Checks only the first character after leading white space (RFC 8259 §2). */
    private static boolean isJsonObject(String header) {
        try {
            String json = new String(Base64.getUrlDecoder().decode(header), StandardCharsets.ISO_8859_1);
            return json.stripLeading().startsWith("{");
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }
}
