package io.tokenguard.internal.possession;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.Base64;

/** Reads one certificate between its delimiters (RFC 7468 §5), strictly: lines of base64 and nothing else. */
final class Pem {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private Pem() {}

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if it is malformed
     * @throws RefusedException if a second certificate follows
     */
    static byte[] read(String text) throws RefusedException {
        // Searched after the first delimiter, as the two could share their dashes.
        int end = text.indexOf(END, BEGIN.length());
        if (!text.startsWith(BEGIN) || end < 0) {
            throw new IllegalArgumentException("no delimiters");
        }
        String rest = withoutLineEnds(text.substring(end + END.length()));
        if (rest.startsWith(BEGIN)) {
            throw new RefusedException(RefusalReason.BINDING_AMBIGUOUS, "a chain");
        }
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("more than a certificate");
        }
        return base64(withoutLineEnds(text.substring(BEGIN.length(), end)));
    }

    /**
     * Reads base64 (RFC 4648 §4).
     *
     * @throws IllegalArgumentException if it contains anything else; the message contains nothing of it
     */
    static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }

    private static String withoutLineEnds(String text) {
        return text.replace("\r\n", "").replace("\n", "");
    }
}
