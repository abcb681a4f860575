package io.tokenguard.internal.possession;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.jose.PemText;
import java.util.Base64;

/** Reads one certificate in PEM (RFC 7468 §5), strictly: its delimiters, lines of base64 and nothing else. */
final class Pem {
    private static final String LABEL = "CERTIFICATE";
    private static final String BEGIN = "-----BEGIN " + LABEL + "-----";

    private Pem() {}

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if it is malformed
     * @throws RefusedException if a second certificate follows
     */
    static byte[] read(String text) throws RefusedException {
        PemText.Block block = first(text);
        String rest = withoutLineEnds(text.substring(block.end()));
        if (rest.startsWith(BEGIN)) {
            throw new RefusedException(RefusalReason.BINDING_AMBIGUOUS, "a chain");
        }
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("more than a certificate");
        }
        return base64(withoutLineEnds(block.body()));
    }

    private static PemText.Block first(String text) {
        try {
            PemText.Block block = text.startsWith(BEGIN) ? PemText.next(text, 0) : null;
            if (block != null) {
                return block;
            }
        } catch (MalformedException malformed) {
            // The same as without delimiters.
        }
        throw new IllegalArgumentException("no delimiters");
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
