package io.tokenguard.internal.jose;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The five parts of an encrypted token in compact serialization (RFC 7516 §7.1), decoded strictly: each token has one text.
 *
 * @param additional the encoded header, which is authenticated with the content (RFC 7516 §5.2, step 14)
 * @param header the header
 * @param encryptedKey the encrypted key; may be empty
 * @param vector the initialization vector
 * @param ciphertext the encrypted content
 * @param tag the authentication tag
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record JweParts(byte[] additional, byte[] header, byte[] encryptedKey, byte[] vector, byte[] ciphertext, byte[] tag) {
    private static final int PARTS = 5;

    /** 8 KiB in base64url, as of signed tokens. */
    private static final int LONGEST_HEADER = 10_923;

    /**
     * Splits a token.
     *
     * @throws MalformedException if it has not five parts of strict base64url, or a header that is too long
     */
    static JweParts parse(String compact) throws MalformedException {
        byte[] text = compact.getBytes(StandardCharsets.ISO_8859_1);
        int[] dots = dots(text);
        if (dots[1] > LONGEST_HEADER) {
            throw MalformedException.limit("header too long");
        }
        return new JweParts(
                Arrays.copyOf(text, dots[1]),
                Base64Url.decode(text, 0, dots[1]),
                Base64Url.decode(text, dots[1] + 1, dots[2]),
                Base64Url.decode(text, dots[2] + 1, dots[3]),
                Base64Url.decode(text, dots[3] + 1, dots[4]),
                Base64Url.decode(text, dots[4] + 1, text.length));
    }

    /** Where the dots are, from index 1 on. */
    private static int[] dots(byte[] text) throws MalformedException {
        int[] dots = new int[PARTS];
        int found = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '.') {
                found++;
                if (found == PARTS) {
                    throw MalformedException.syntax("more than five parts");
                }
                dots[found] = i;
            }
        }
        if (found < PARTS - 1) {
            throw MalformedException.syntax("fewer than five parts");
        }
        return dots;
    }
}
