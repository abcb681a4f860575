package io.tokenguard.internal.audit;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from outside safe to log (CWE-117): cuts it, also before what may be a token, and escapes everything but
 * printable ASCII, quotes, and what log frameworks expand.
 */
public final class SafeText {
    private static final int LONGEST_VALUE = 64;
    private static final int LONGEST_PATH = 256;
    private static final int LONGEST_FINDING = 160;
    private static final int LONGEST_SENTENCE = 512;
    private static final String TOKEN_START = "eyJ";

    private SafeText() {}

    /** An issuer, cut to 256 characters: those of Microsoft Entra ID have more than 64. Empty for null. */
    public static String issuer(@Nullable String text) {
        return text == null ? "" : escape(text, LONGEST_PATH);
    }

    /** A value from a token, cut to 64 characters; empty for null. */
    public static String value(@Nullable String text) {
        return text == null ? "" : escape(text, LONGEST_VALUE);
    }

    /** A method or path of a request, cut to 256 characters. */
    public static String path(String text) {
        return escape(text, LONGEST_PATH);
    }

    /** What was found in a request or token, with its spaces, cut to 160 characters. */
    public static String finding(String text) {
        return escape(text, LONGEST_FINDING, ' ');
    }

    /**
     * A rule of this configuration, with its spaces and the braces of its path variables, cut to 512 characters. No log framework
     * expands braces alone in an argument, as events are written.
     */
    public static String rule(String text) {
        return sentence(text).replace("\\u007b", "{").replace("\\u007d", "}");
    }

    /** A sentence or a list, with its spaces, cut to 512 characters. */
    public static String sentence(String text) {
        return escape(text, LONGEST_SENTENCE, ' ');
    }

    /**
     * A JWS header in base64url begins with these letters (RFC 7515 §7.1): a value that contains them may contain a token.
     */
    private static String withoutToken(String text) {
        int start = text.indexOf(TOKEN_START);
        return start < 0 ? text : text.substring(0, start) + "(like-a-token)";
    }

    private static String escape(String raw, int longest) {
        return escape(raw, longest, '!');
    }

    private static String escape(String raw, int longest, char least) {
        String text = withoutToken(raw);
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (safe.length() >= longest) {
                return safe.append("...").toString();
            }
            char c = text.charAt(i);
            if (c >= least && c < 0x7F && "\"\\${}".indexOf(c) < 0) {
                safe.append(c);
            } else {
                safe.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        return safe.toString();
    }
}
