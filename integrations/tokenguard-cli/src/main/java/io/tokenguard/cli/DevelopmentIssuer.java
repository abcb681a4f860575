package io.tokenguard.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An issuer for development, on the loopback address only: metadata, keys, token and authorization endpoint. Thread-safe. */
final class DevelopmentIssuer implements AutoCloseable {
    private static final int THREADS = 4;

    private final HttpServer server;
    private final TestIssuer signer;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    private DevelopmentIssuer(HttpServer server, TestIssuer signer) {
        this.server = server;
        this.signer = signer;
    }

    /**
     * Starts it.
     *
     * @param port the port; 0 for any
     * @param key signs the tokens
     * @param audiences the audiences of all tokens
     * @param clock when codes expire
     */
    static DevelopmentIssuer start(int port, TestKey key, List<String> audiences, Clock clock) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            DevelopmentIssuer issuer =
                    new DevelopmentIssuer(server, TestIssuer.builder().keys(key).start());
            AuthorizationCodes codes = new AuthorizationCodes(clock);
            TokenEndpoint tokens = new TokenEndpoint(issuer.issuer(), issuer.signer, audiences, codes);
            issuer.serve("/.well-known/openid-configuration", request -> issuer.metadata());
            issuer.serve("/.well-known/oauth-authorization-server", request -> issuer.metadata());
            issuer.serve("/jwks", request -> Answer.json(200, issuer.signer.jwksJson()));
            issuer.serve("/token", tokens::answer);
            issuer.serve("/authorize", new AuthorizationEndpoint(issuer.issuer(), codes)::answer);
            server.setExecutor(issuer.threads);
            server.start();
            return issuer;
        } catch (IOException | IllegalArgumentException taken) {
            throw new UsageException(
                    "The port can't be used: another process has it, or it is not 0 to 65535; pass --port");
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Answer metadata() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("issuer", issuer());
        members.put("jwks_uri", issuer() + "/jwks");
        members.put("token_endpoint", issuer() + "/token");
        members.put("authorization_endpoint", issuer() + "/authorize");
        members.put("response_types_supported", List.of("code"));
        members.put("grant_types_supported", List.of("client_credentials", "authorization_code"));
        members.put("code_challenge_methods_supported", List.of("S256"));
        members.put(
                "token_endpoint_auth_methods_supported", List.of("none", "client_secret_basic", "client_secret_post"));
        return Answer.json(200, JsonText.of(members));
    }

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param headers its header fields
     * @param body its body
     */
    record Answer(int status, Map<String, String> headers, String body) {
        static Answer json(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"), body);
        }

        static Answer error(int status, String error) {
            return json(status, JsonText.of(Map.of("error", error)));
        }

        static Answer redirect(String location) {
            return new Answer(302, Map.of("Location", location, "Cache-Control", "no-store"), "");
        }
    }

    /** Answers one endpoint. */
    interface Endpoint {
        Answer answer(FormRequest request) throws IOException;
    }

    private void serve(String path, Endpoint endpoint) {
        server.createContext(path, exchange -> {
            try (exchange) {
                boolean isExact = exchange.getRequestURI().getPath().equals(path);
                write(exchange, isExact ? endpoint.answer(FormRequest.of(exchange)) : Answer.error(404, "not_found"));
            }
        });
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        signer.close();
    }
}
