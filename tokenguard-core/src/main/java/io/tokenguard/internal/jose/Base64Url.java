package io.tokenguard.internal.jose;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Strict base64url (RFC 4648 §5, RFC 7515 §2): no padding, no white space, no other alphabet, unused bits zero. Each value
 * has one encoding only.
 */
public final class Base64Url {
    private static final Base64.Decoder PLATFORM = Base64.getUrlDecoder();

    /** The value of each character in the alphabet; those of other characters are not used. */
    private static final byte[] SEXTETS = sextets();

    private static final int ASCII = 0x7F;

    private Base64Url() {}

    /**
     * Decodes a part of a text.
     *
     * @param text the text
     * @param from the start of the part
     * @param to its end, exclusive
     * @throws MalformedException if the part is not strict base64url
     */
    public static byte[] decode(String text, int from, int to) throws MalformedException {
        // A character outside Latin 1 becomes a question mark, which is not in the alphabet either.
        byte[] characters = text.substring(from, to).getBytes(StandardCharsets.ISO_8859_1);
        return decode(characters, 0, characters.length);
    }

    /**
     * Decodes a part of some bytes. First rejects what the platform's fast decoder would let pass.
     *
     * @param characters the characters, in a character set that includes ASCII
     * @param from the start of the part
     * @param to its end, exclusive
     * @throws MalformedException if they are not strict base64url
     */
    public static byte[] decode(byte[] characters, int from, int to) throws MalformedException {
        requireEnd(characters, from, to);
        try {
            // Without padding, the array has exactly the length of the content.
            return PLATFORM.decode(ByteBuffer.wrap(characters, from, to - from)).array();
        } catch (IllegalArgumentException refused) {
            throw MalformedException.syntax("base64url alphabet");
        }
    }

    /**
     * Decodes a part of a text that was decoded before, from the group of three bytes on in which it begins.
     *
     * @param text the text; at least two more characters follow the encoded bytes
     * @param start the index of the character with which the encoded bytes begin
     * @param from the first byte that is needed
     * @param to the end of the bytes that are needed, exclusive
     * @return the bytes from {@code from / 3 * 3} on; up to two more than needed, which may have any value
     */
    static byte[] decodeGroups(String text, int start, int from, int to) {
        int group = from / 3;
        int groups = (to + 2) / 3 - group;
        byte[] bytes = new byte[groups * 3];
        int at = start + group * 4;
        for (int i = 0; i < bytes.length; i += 3, at += 4) {
            int bits = SEXTETS[text.charAt(at) & ASCII] << 18
                    | SEXTETS[text.charAt(at + 1) & ASCII] << 12
                    | SEXTETS[text.charAt(at + 2) & ASCII] << 6
                    | SEXTETS[text.charAt(at + 3) & ASCII];
            bytes[i] = (byte) (bits >> 16);
            bytes[i + 1] = (byte) (bits >> 8);
            bytes[i + 2] = (byte) bits;
        }
        return bytes;
    }

    private static void requireEnd(byte[] characters, int from, int to) throws MalformedException {
        int rest = (to - from) & 3;
        if (rest == 1) {
            throw MalformedException.syntax("base64url length");
        }
        if (from == to) {
            return;
        }
        byte last = characters[to - 1];
        if (last == '=') {
            throw MalformedException.syntax("base64url alphabet");
        }
        if (rest != 0 && last >= 0 && (SEXTETS[last] & (rest == 3 ? 0x3 : 0xF)) != 0) {
            throw MalformedException.syntax("base64url unused bits");
        }
    }

    private static byte[] sextets() {
        byte[] sextets = new byte[128];
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            sextets[alphabet.charAt(i)] = (byte) i;
        }
        return sextets;
    }
}
