package io.tokenguard.jaxrs;

import io.tokenguard.access.IdempotentWrite;
import java.io.IOException;
import java.io.InputStream;

/** The head of a body that was read ahead, and then the rest, which is hashed on the way. */
final class ReadAheadEntity extends InputStream {
    private final IdempotentWrite write;
    private final byte[] head;
    private final InputStream rest;
    private int position;

    ReadAheadEntity(IdempotentWrite write, byte[] head, InputStream rest) {
        this.write = write;
        this.head = head;
        this.rest = rest;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        int left = head.length - position;
        if (left > 0) {
            int taken = Math.min(count, left);
            System.arraycopy(head, position, bytes, from, taken);
            position += taken;
            return taken;
        }
        int taken = rest.read(bytes, from, count);
        if (taken > 0) {
            write.read(bytes, from, taken);
        }
        return taken;
    }

    /** Runtimes ask this to find out whether there is an entity. */
    @Override
    public int available() throws IOException {
        int left = head.length - position;
        return left > 0 ? left : rest.available();
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
