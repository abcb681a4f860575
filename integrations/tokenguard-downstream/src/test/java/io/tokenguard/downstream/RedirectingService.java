package io.tokenguard.downstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two origins: one redirects all requests to the other, and both record the Authorization fields that reach them. */
final class RedirectingService implements AutoCloseable {
    final List<Optional<String>> atFirst = new CopyOnWriteArrayList<>();
    final List<Optional<String>> atOther = new CopyOnWriteArrayList<>();
    private final HttpServer first = started();
    private final HttpServer other = started();

    RedirectingService() {
        first.createContext("/", exchange -> {
            atFirst.add(field(exchange));
            exchange.getResponseHeaders().set("Location", addressOf(other) + "/stolen");
            answer(exchange, 302);
        });
        other.createContext("/", exchange -> {
            atOther.add(field(exchange));
            answer(exchange, 200);
        });
    }

    private static HttpServer started() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.start();
            return server;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Optional<String> field(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static URI addressOf(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    URI address() {
        return addressOf(first);
    }

    @Override
    public void close() {
        first.stop(0);
        other.stop(0);
    }
}
