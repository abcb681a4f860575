package io.tokenguard.internal.keys;

import java.util.Arrays;

/** Removes the byte order mark of UTF-8, which readers of JSON may ignore (RFC 8259 §8.1). */
public final class ByteOrderMark {
    private static final byte[] UTF_8 = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private ByteOrderMark() {}

    public static byte[] without(byte[] text) {
        boolean isMarked = text.length >= UTF_8.length && Arrays.equals(text, 0, UTF_8.length, UTF_8, 0, UTF_8.length);
        return isMarked ? Arrays.copyOfRange(text, UTF_8.length, text.length) : text;
    }
}
