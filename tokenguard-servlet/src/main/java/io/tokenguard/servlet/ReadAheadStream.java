package io.tokenguard.servlet;

import io.tokenguard.access.IdempotentWrite;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** The head of a body, and then the rest from the container, which is hashed on the way. */
final class ReadAheadStream extends ServletInputStream {
    private final ReadAheadRequest request;
    private final IdempotentWrite write;
    private final byte[] head;
    private final boolean isWhole;
    private int position;

    ReadAheadStream(ReadAheadRequest request, IdempotentWrite write, byte[] head) {
        this.request = request;
        this.write = write;
        this.head = head;
        this.isWhole = head.length < write.maxBody();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        if (position < head.length) {
            int taken = Math.min(count, head.length - position);
            System.arraycopy(head, position, bytes, from, taken);
            position += taken;
            return taken;
        }
        if (isWhole) {
            return -1;
        }
        int taken = request.rest().read(bytes, from, count);
        if (taken > 0) {
            write.read(bytes, from, taken);
        }
        return taken;
    }

    @Override
    public int available() throws IOException {
        if (position < head.length) {
            return head.length - position;
        }
        return isWhole ? 0 : request.rest().available();
    }

    @Override
    public boolean isFinished() {
        try {
            return position == head.length && (isWhole || request.rest().isFinished());
        } catch (IOException broken) {
            return true;
        }
    }

    @Override
    public boolean isReady() {
        try {
            return position < head.length || isWhole || request.rest().isReady();
        } catch (IOException broken) {
            return true;
        }
    }

    /** A body that was read completely is ready at once; the listener is called on a thread of the container. */
    @Override
    public void setReadListener(ReadListener listener) {
        if (isWhole) {
            request.getAsyncContext().start(() -> readWhole(listener));
            return;
        }
        try {
            request.rest().setReadListener(listener);
        } catch (IOException broken) {
            listener.onError(broken);
        }
    }

    private void readWhole(ReadListener listener) {
        try {
            if (position < head.length) {
                listener.onDataAvailable();
            }
            listener.onAllDataRead();
        } catch (IOException failure) {
            listener.onError(failure);
        }
    }
}
