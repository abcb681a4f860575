package io.tokenguard.internal.jose;

import java.util.Arrays;

/**
 * Strict base64url (RFC 4648 §5, RFC 7515 §2): no padding, no white space, no other alphabet, unused bits zero. Each
 * value has one spelling only.
 */
public final class Base64Url {
    private static final byte[] SEXTETS = sextets();

    private Base64Url() {}

    /**
     * Decodes a part of a text.
     *
     * @param text the text
     * @param from where the part starts
     * @param to where it ends, exclusive
     * @throws MalformedException if the part is not strict base64url
     */
    public static byte[] decode(String text, int from, int to) throws MalformedException {
        int length = to - from;
        int rest = length & 3;
        if (rest == 1) {
            throw MalformedException.syntax("base64url length");
        }
        byte[] decoded = new byte[(length >> 2) * 3 + (rest == 0 ? 0 : rest - 1)];
        int out = 0;
        int whole = to - rest;
        for (int in = from; in < whole; in += 4) {
            int bits = sextet(text, in) << 18
                    | sextet(text, in + 1) << 12
                    | sextet(text, in + 2) << 6
                    | sextet(text, in + 3);
            if (bits < 0) {
                throw MalformedException.syntax("base64url alphabet");
            }
            decoded[out++] = (byte) (bits >> 16);
            decoded[out++] = (byte) (bits >> 8);
            decoded[out++] = (byte) bits;
        }
        decodeRest(text, whole, rest, decoded, out);
        return decoded;
    }

    private static void decodeRest(String text, int at, int rest, byte[] decoded, int out) throws MalformedException {
        if (rest == 0) {
            return;
        }
        int bits = sextet(text, at) << 12 | sextet(text, at + 1) << 6 | (rest == 3 ? sextet(text, at + 2) : 0);
        int unused = rest == 3 ? 0x3 : 0x3FF;
        if (bits < 0) {
            throw MalformedException.syntax("base64url alphabet");
        }
        if ((bits & unused) != 0) {
            throw MalformedException.syntax("base64url unused bits");
        }
        decoded[out] = (byte) (bits >> 10);
        if (rest == 3) {
            decoded[out + 1] = (byte) (bits >> 2);
        }
    }

    /** The value of a character, or a negative number that stays negative when shifted and combined. */
    private static int sextet(String text, int at) {
        char c = text.charAt(at);
        return c < 128 ? SEXTETS[c] : -1;
    }

    private static byte[] sextets() {
        byte[] sextets = new byte[128];
        Arrays.fill(sextets, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            sextets[alphabet.charAt(i)] = (byte) i;
        }
        return sextets;
    }
}
