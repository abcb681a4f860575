package io.tokenguard.examples.quickstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An application that a person opens in a browser. It logs the person in by the code flow with PKCE, calls the API, refreshes
 * and revokes its tokens, and shows each step. One login at a time.
 */
final class ClientApplication implements AutoCloseable {
    private final AtomicReference<@Nullable CodeFlow> begun = new AtomicReference<>();
    private final HttpServer server;
    private final TestIssuer issuer;
    private final URI api;

    private ClientApplication(HttpServer server, TestIssuer issuer, URI api) {
        this.server = server;
        this.issuer = issuer;
        this.api = api;
    }

    static ClientApplication start(TestIssuer issuer, URI api) {
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
            ClientApplication application = new ClientApplication(server, issuer, api);
            server.createContext("/", application::begin);
            server.createContext("/back", application::comeBack);
            server.start();
            return application;
        } catch (IOException failure) {
            throw new UncheckedIOException("No port for the client application", failure);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Any other path, such as that of an icon, does not begin a login. */
    private void begin(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/")) {
            answer(exchange, 404, "");
            return;
        }
        CodeFlow flow = CodeFlow.begin(issuer, api, address().resolve("/back"));
        begun.set(flow);
        exchange.getResponseHeaders().set("Set-Cookie", flow.cookie() + "; Path=/; HttpOnly; SameSite=Lax");
        exchange.getResponseHeaders().set("Location", flow.request().toString());
        answer(exchange, 303, "");
    }

    /** The browser must be the one that began (RFC 9700 §4.7), and the issuer the right one (RFC 9207 §2.4). */
    private void comeBack(HttpExchange exchange) throws IOException {
        CodeFlow flow = begun.get();
        String query = exchange.getRequestURI().getRawQuery();
        String cookies = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
        if (flow == null || query == null || !flow.isAnsweredBy(query, cookies)) {
            answer(exchange, 400, "This is not the answer to the last login. <a href=\"/\">Log in</a>");
            return;
        }
        begun.compareAndSet(flow, null);
        answer(exchange, 200, flow.finish(query));
    }

    private static void answer(HttpExchange exchange, int status, String html) throws IOException {
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
