package io.tokenguard.testkit;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Writes DER (X.690 §10), as much of it as a certificate needs. */
final class Der {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OID = 0x06;
    static final int UTF8_STRING = 0x0C;
    static final int UTC_TIME = 0x17;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private Der() {}

    /** Tag, length and value; several values stand behind each other. */
    static byte[] of(int tag, byte[]... values) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] value : values) {
            content.writeBytes(value);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        writeLength(whole, content.size());
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    static byte[] integer(BigInteger number) {
        return of(INTEGER, number.toByteArray());
    }

    /** What one byte holds, such as a tag for a part that is known by its number. */
    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.writeBytes(bytes(0x81, length));
        } else {
            out.writeBytes(bytes(0x82, length >> 8, length));
        }
    }
}
