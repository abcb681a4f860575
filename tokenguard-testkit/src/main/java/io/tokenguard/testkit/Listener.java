package io.tokenguard.testkit;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One period during which a port is open: the server, and one daemon thread for each request in progress. */
final class Listener implements AutoCloseable {
    /** Instead of a port, for an issuer that nobody can reach. */
    static final int IN_MEMORY = -1;

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 512;
    private static final long STOP_SECONDS = 10;

    private final @Nullable HttpServer server;
    private final ExecutorService threads;

    private Listener(@Nullable HttpServer server) {
        this.server = server;
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), this::newThread);
    }

    static Listener bind(int port) {
        if (port == IN_MEMORY) {
            return new Listener(null);
        }
        try {
            InetAddress loopback = InetAddress.getByAddress(LOOPBACK);
            return new Listener(HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG));
        } catch (IOException e) {
            throw new UncheckedIOException("Can't listen on port " + port, e);
        }
    }

    InetSocketAddress address() {
        return server == null ? InetSocketAddress.createUnresolved("issuer.example.com", 0) : server.getAddress();
    }

    /** The beginning of the issuer's identifier. */
    String origin() {
        return server == null
                ? "https://" + address().getHostString()
                : "http://127.0.0.1:" + address().getPort();
    }

    /** The server's own thread inherits from its starter that it is a daemon. */
    void serve(HttpHandler handler) {
        HttpServer opened = server;
        if (opened == null) {
            return;
        }
        opened.createContext("/", handler);
        opened.setExecutor(threads);
        CompletableFuture.runAsync(opened::start, threads).join();
    }

    /** Breaks off every exchange and returns when their threads have ended. */
    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
        try {
            threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "test-issuer-" + address().getPort());
        thread.setDaemon(true);
        return thread;
    }
}
