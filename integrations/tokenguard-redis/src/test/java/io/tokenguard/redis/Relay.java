package io.tokenguard.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.net.ServerSocketFactory;

/** A network that lies between one node and Redis, and can be cut or stalled. */
final class Relay implements AutoCloseable {
    private final ServerSocket entrance;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;
    private volatile CountDownLatch flow = new CountDownLatch(0);

    Relay(int target) {
        this(target, ServerSocketFactory.getDefault());
    }

    /** One that ends TLS, where the factory is for that. */
    Relay(int target, ServerSocketFactory entrances) {
        this.target = target;
        try {
            this.entrance = entrances.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        run(this::accept);
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return entrance.getLocalPort();
    }

    URI address() {
        return URI.create("redis://127.0.0.1:" + entrance.getLocalPort());
    }

    private void accept() {
        try {
            while (!entrance.isClosed()) {
                join(entrance.accept());
            }
        } catch (IOException over) {
            return;
        }
    }

    private void join(Socket near) throws IOException {
        if (isCut) {
            near.close();
            return;
        }
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(near);
            sockets.add(far);
            run(() -> pump(near, far));
            run(() -> pump(far, near));
        } catch (IOException refused) {
            near.close();
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 14];
        try (from;
                to) {
            for (int count = 0; count >= 0; count = from.getInputStream().read(buffer)) {
                flow.await();
                to.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException | InterruptedException cut) {
            return;
        }
    }

    /** Delivers nothing until {@link #resume}, and loses nothing. */
    void stall() {
        if (flow.getCount() == 0) {
            flow = new CountDownLatch(1);
        }
    }

    void resume() {
        flow.countDown();
    }

    void cut() {
        isCut = true;
        sockets.forEach(Relay::close);
        sockets.clear();
    }

    void mend() {
        isCut = false;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        resume();
        cut();
    }
}
