package io.tokenguard.jaxrs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Holds what is written until it is stored or too long. Bounded. */
final class HeldEntity extends OutputStream {
    private final OutputStream out;
    private final int most;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean isTooLong;

    HeldEntity(OutputStream out, int most) {
        this.out = out;
        this.most = most;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        if (!isTooLong && held.size() + (long) count > most) {
            isTooLong = true;
            held.writeTo(out);
            held.reset();
        }
        if (isTooLong) {
            out.write(bytes, from, count);
        } else {
            held.write(bytes, from, count);
        }
    }

    @Override
    public void flush() throws IOException {
        if (isTooLong) {
            out.flush();
        }
    }

    boolean isTooLong() {
        return isTooLong;
    }

    byte[] bytes() {
        return held.toByteArray();
    }

    /** Sends what is held. */
    void send() throws IOException {
        held.writeTo(out);
    }
}
