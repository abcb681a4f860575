package io.tokenguard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenguard.testkit.TestJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Publishes the metadata of a real server, and the keys of samples, on loopback. */
final class MetadataHost implements AutoCloseable {
    private final Map<String, ?> row;
    private final SampleKeys keys;
    private final HttpServer server;
    private volatile boolean isDown;

    private MetadataHost(Map<String, ?> row, SampleKeys keys, HttpServer server) {
        this.row = row;
        this.keys = keys;
        this.server = server;
    }

    /** A host that has started. */
    static MetadataHost start(Map<String, ?> row, SampleKeys keys) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        MetadataHost host = new MetadataHost(row, keys, server);
        server.createContext("/", host::answer);
        server.start();
        return host;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String text = path.equals(jwksPath()) ? keys.publicSet() : TestJson.write(metadata());
        boolean isKnown = path.equals(jwksPath()) || path.endsWith("/.well-known/openid-configuration");
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(isDown ? 503 : isKnown ? 200 : 404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Map<String, Object> metadata() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("issuer", issuer());
        members.put("jwks_uri", base() + jwksPath());
        ((Map<?, ?>) row.get("metadata"))
                .forEach((name, value) -> members.put(
                        (String) name, value instanceof String text ? text.replace("(base)", base()) : value));
        return members;
    }

    private String jwksPath() {
        return row.get("jwks") instanceof String path ? path : "/keys";
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String issuer() {
        return base() + row.get("path");
    }

    /** The token that the server issues. */
    IssuerSample sample() {
        return sample((String) row.get("token"));
    }

    /** A token of the name, issued by this server. */
    IssuerSample sample(String name) {
        return IssuerSample.of(name, issuer(), (String) row.get("audiences"));
    }

    /** Nothing but an issuer and audiences. */
    TrustedIssuerBuilder described() {
        return TrustedIssuer.builder(issuer()).audience((String) row.get("audiences"));
    }

    /** Answers 503 from now on, or no longer. */
    void goDown(boolean down) {
        isDown = down;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
