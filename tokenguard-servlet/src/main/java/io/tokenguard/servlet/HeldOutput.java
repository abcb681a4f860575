package io.tokenguard.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.Flushable;
import java.io.IOException;

/** Holds what is written until it is stored or too long; keeps a copy of what it sends. Bounded. */
final class HeldOutput extends ServletOutputStream {
    private final ServletResponse response;
    private final int most;
    private final Runnable onClose;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private boolean isPassing;
    private boolean isDraining;
    private boolean isTooLong;

    /**
     * Holds output.
     *
     * @param response where it is sent
     * @param most how many bytes are held and copied
     * @param onClose runs before a stream is closed that is not held
     */
    HeldOutput(ServletResponse response, int most, Runnable onClose) {
        this.response = response;
        this.most = most;
        this.onClose = onClose;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        if (!isTooLong && copy.size() + (long) count > most) {
            send();
            isTooLong = true;
            copy.reset();
        }
        if (!isTooLong) {
            copy.write(bytes, from, count);
        }
        if (isPassing) {
            response.getOutputStream().write(bytes, from, count);
        }
    }

    /** Does not commit an answer that is held. */
    @Override
    public void flush() throws IOException {
        if (isPassing && !isDraining) {
            response.getOutputStream().flush();
        }
    }

    /** Takes what an encoder has kept, without flushing the answer. */
    void drain(Flushable encoder) throws IOException {
        isDraining = true;
        try {
            encoder.flush();
        } finally {
            isDraining = false;
        }
    }

    @Override
    public void close() throws IOException {
        if (isPassing) {
            onClose.run();
            response.getOutputStream().close();
        }
    }

    /** Sends what is held; from then on, what is written is sent. */
    void send() throws IOException {
        if (!isPassing) {
            isPassing = true;
            if (copy.size() > 0) {
                response.getOutputStream().write(copy.toByteArray());
            }
        }
    }

    /** As {@link #send}; if the client is gone, that shows when the next bytes are sent. */
    void pass() {
        try {
            send();
        } catch (IOException gone) {
            isPassing = true;
        }
    }

    void discard() {
        if (!isPassing) {
            copy.reset();
        }
    }

    boolean isTooLong() {
        return isTooLong;
    }

    byte[] bytes() {
        return copy.toByteArray();
    }

    @Override
    public boolean isReady() {
        try {
            return !isPassing || response.getOutputStream().isReady();
        } catch (IOException gone) {
            return true;
        }
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        try {
            send();
            response.getOutputStream().setWriteListener(listener);
        } catch (IOException gone) {
            listener.onError(gone);
        }
    }
}
