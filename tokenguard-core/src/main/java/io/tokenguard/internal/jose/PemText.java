package io.tokenguard.internal.jose;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Finds the blocks of a text in PEM (RFC 7468). Takes time in proportion to the length of the text. */
public final class PemText {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int LONGEST_LABEL = 64;

    /** As long as a text in a JWK may be. */
    private static final int LONGEST_BLOCK = 16_384;

    private PemText() {}

    /**
     * A block.
     *
     * @param label such as {@code CERTIFICATE}
     * @param body what is between the delimiters, as it is written
     * @param start the index of its first delimiter
     * @param end the index after its last delimiter
     */
    public record Block(String label, String body, int start, int end) {
        /** The decoded body, whose white space and other foreign characters are skipped; null if it is malformed or too long. */
        byte @Nullable [] decoded() {
            if (body.length() > LONGEST_BLOCK) {
                return null;
            }
            try {
                return Base64.getMimeDecoder().decode(body);
            } catch (IllegalArgumentException malformed) {
                return null;
            }
        }

        /** Contains the label only: the body may be a secret. */
        @Override
        public String toString() {
            return "Block[" + label + "]";
        }
    }

    static boolean isPem(String text) {
        return text.contains(BEGIN);
    }

    /**
     * The first block at or after an index; null if there is none.
     *
     * @throws MalformedException if it has no end with the same label
     */
    public static @Nullable Block next(String text, int from) throws MalformedException {
        int start = text.indexOf(BEGIN, from);
        if (start < 0) {
            return null;
        }
        int labelStart = start + BEGIN.length();
        int labelEnd = text.indexOf(DASHES, labelStart);
        if (labelEnd < 0 || labelEnd - labelStart > LONGEST_LABEL) {
            throw MalformedException.syntax("PEM block without a label");
        }
        String label = text.substring(labelStart, labelEnd);
        String delimiter = END + label + DASHES;
        // Searched after the first delimiter, as the two could share their dashes.
        int bodyStart = labelEnd + DASHES.length();
        int bodyEnd = text.indexOf(delimiter, bodyStart);
        if (bodyEnd < 0) {
            throw MalformedException.syntax("PEM block without an end");
        }
        return new Block(label, text.substring(bodyStart, bodyEnd), start, bodyEnd + delimiter.length());
    }
}
