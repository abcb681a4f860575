package io.tokenguard.examples.forwardauth;

import com.sun.net.httpserver.HttpServer;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.AddressRange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The endpoint, listening. */
final class AuthServer implements AutoCloseable {
    private static final int THREADS = 32;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final TokenGuard guard;

    private AuthServer(HttpServer server, TokenGuard guard) {
        this.server = server;
        this.guard = guard;
    }

    /**
     * Starts to listen. The guard is closed with the server.
     *
     * @param arguments the address, and the gateways
     * @throws IllegalArgumentException if the address is not free, or if the guard has writes that happen once
     */
    static AuthServer start(Arguments arguments, TokenGuard guard) {
        if (guard.hasWrites()) {
            guard.close();
            throw new IllegalArgumentException(
                    "tokenguard.writes can't work here: a gateway asks before it forwards, and this"
                            + " endpoint sees neither bodies nor answers. Remove these keys, and protect writes in the service"
                            + " itself, with the servlet filter or Jakarta REST");
        }
        AuthServer started = new AuthServer(listen(arguments.host(), arguments.port()), guard);
        List<AddressRange> trusted =
                arguments.trusted().stream().map(AddressRange::parse).toList();
        started.server.createContext("/", new AuthEndpoint(guard, arguments.gateway(), trusted));
        started.server.setExecutor(started.threads);
        started.server.start();
        return started;
    }

    private static HttpServer listen(String host, int port) {
        try {
            return HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException failure) {
            throw new IllegalArgumentException(host + ":" + port + " can't be had; name another", failure);
        }
    }

    URI address() {
        InetSocketAddress bound = server.getAddress();
        return URI.create("http://" + bound.getHostString() + ":" + bound.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        guard.close();
    }
}
