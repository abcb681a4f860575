package io.tokenguard.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import redis.embedded.RedisServer;

/** A real Redis on a free port of this machine. Tests use a namespace each. */
final class LocalRedis implements AutoCloseable {
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private final RedisServer server;
    private final int port;

    private LocalRedis(RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    static LocalRedis launch() {
        try {
            int port = freePort();
            RedisServer server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("dir " + Files.createTempDirectory("tokenguard-redis"))
                    .build();
            server.start();
            return new LocalRedis(server, port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** An address with a namespace that no other test uses. */
    URI address() {
        return URI.create("redis://127.0.0.1:" + port + "/0?namespace=t" + NAMESPACES.incrementAndGet());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
