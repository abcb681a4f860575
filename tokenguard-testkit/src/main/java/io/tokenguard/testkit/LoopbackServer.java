package io.tokenguard.testkit;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One port that can be shut and opened again. Thread-safe; a lock orders the openings and closings.
 *
 * <p>While it is shut, a socket that is bound but doesn't listen holds the port: connections are refused, and the
 * system does not assign the port to others that ask for any free one.
 */
final class LoopbackServer implements AutoCloseable {
    private final ReentrantLock lifecycle = new ReentrantLock();
    private final InetSocketAddress address;
    private final HttpHandler handler;
    private @Nullable Listener listener;
    private @Nullable Socket placeholder;
    private boolean closed;

    LoopbackServer(Listener bound, HttpHandler handler) {
        this.address = bound.address();
        this.handler = handler;
        this.listener = bound;
        bound.serve(handler);
    }

    void goDown() {
        if (address.isUnresolved()) {
            throw new IllegalStateException("An issuer in memory has no port; use TestIssuer.start()");
        }
        inOrder(() -> {
            if (listener != null) {
                stopListening();
                placeholder = reserve();
            }
        });
    }

    void comeBack() {
        inOrder(() -> {
            if (closed) {
                throw new IllegalStateException("The issuer is closed");
            }
            if (listener == null) {
                giveUpPlaceholder();
                listener = Listener.bind(address.getPort());
                listener.serve(handler);
            }
        });
    }

    @Override
    public void close() {
        inOrder(() -> {
            closed = true;
            stopListening();
            giveUpPlaceholder();
        });
    }

    private void stopListening() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    private void giveUpPlaceholder() {
        try {
            if (placeholder != null) {
                placeholder.close();
                placeholder = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Can't release " + address, e);
        }
    }

    private Socket reserve() {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't keep " + address, e);
        }
        return socket;
    }

    private void inOrder(Runnable step) {
        lifecycle.lock();
        try {
            step.run();
        } finally {
            lifecycle.unlock();
        }
    }
}
