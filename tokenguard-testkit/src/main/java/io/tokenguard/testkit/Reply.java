package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** The answer to one request, on its way out. */
final class Reply {
    /** Sends the body in chunks. */
    static final long LENGTH_UNKNOWN = 0;

    private static final long NO_BODY = -1;

    private final HttpExchange exchange;
    private final HonestAnswer honest;

    Reply(HttpExchange exchange, HonestAnswer honest) {
        this.exchange = exchange;
        this.honest = honest;
    }

    byte[] honestBody() {
        return honest.body().getBytes(UTF_8);
    }

    /** False for HEAD: whatever is written then goes nowhere (RFC 9110 §9.3.2). */
    boolean wantsBody() {
        return !exchange.getRequestMethod().equals("HEAD");
    }

    void sendHonestly() throws IOException {
        sendHonestly(honestBody());
    }

    void sendHonestly(byte[] body) throws IOException {
        honest.headers().forEach(this::header);
        send(honest.status(), body);
    }

    void send(int status, byte[] body) throws IOException {
        try (OutputStream out = begin(status, body.length == 0 ? NO_BODY : body.length)) {
            out.write(body);
        }
    }

    OutputStream beginHonestly(long length) throws IOException {
        honest.headers().forEach(this::header);
        return begin(honest.status(), length);
    }

    void header(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    void headers(Headers headers) {
        exchange.getResponseHeaders().putAll(headers);
    }

    /** Closes the connection, whatever has been sent so far. */
    void drop() {
        exchange.close();
    }

    /**
     * Each answer ends its connection. The server of JDK 17 sends headers and body in two segments, and on a connection
     * kept alive the second waits 40 ms for the client's acknowledgement of the first.
     */
    private OutputStream begin(int status, long length) throws IOException {
        header("Connection", "close");
        if (wantsBody()) {
            exchange.sendResponseHeaders(status, length);
            return exchange.getResponseBody();
        }
        if (length > 0) {
            header("Content-Length", Long.toString(length));
        }
        exchange.sendResponseHeaders(status, NO_BODY);
        return OutputStream.nullOutputStream();
    }
}
