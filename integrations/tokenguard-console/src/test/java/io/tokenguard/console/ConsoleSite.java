package io.tokenguard.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.jaxrs.Authenticated;
import io.tokenguard.jaxrs.TokenGuardFeature;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** An application whose only content is the console. */
record ConsoleSite(TestIssuer issuer, TokenGuard guard, AutoCloseable server, URI address, HttpClient client)
        implements AutoCloseable {
    static final String SCOPE = "console";

    /** Without an offer of HTTP/2, which Grizzly answers without a content type. */
    private static final HttpClient HTTP_1 =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static ConsoleSite start() throws Exception {
        return start(UnaryOperator.identity());
    }

    /** In Jetty, behind the filter. */
    static ConsoleSite start(UnaryOperator<TokenGuardBuilder> more) throws Exception {
        TestIssuer issuer = startIssuer();
        TokenGuard guard = guard(issuer, more);
        ServletContextHandler application = new ServletContextHandler();
        application.setContextPath("/app");
        application.addServletContainerInitializer((classes, context) -> TokenGuardFilter.register(context, guard));
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(application);
        server.start();
        URI address = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/app");
        return new ConsoleSite(issuer, guard, server::stop, address, HttpClient.newHttpClient());
    }

    /** In Jersey on Grizzly, without servlets. */
    static ConsoleSite startWithoutServlets() {
        TestIssuer issuer = startIssuer();
        TokenGuard guard = guard(issuer, settings -> settings.healthDocument("/tokenguard/health", SCOPE));
        ResourceConfig application = new ResourceConfig(Orders.class)
                .register(TokenGuardFeature.builder(guard)
                        .clientAddress(any -> "127.0.0.1")
                        .build());
        HttpServer server = GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), application);
        URI address =
                URI.create("http://127.0.0.1:" + server.getListener("grizzly").getPort());
        return new ConsoleSite(issuer, guard, server::shutdownNow, address, HTTP_1);
    }

    private static TestIssuer startIssuer() {
        return TestIssuer.builder().audience("https://api.example.com").start();
    }

    private static TokenGuard guard(TestIssuer issuer, UnaryOperator<TokenGuardBuilder> more) {
        TokenGuard guard = more.apply(TokenGuard.builder()
                        .issuer(TrustedIssuer.builder(issuer.issuer())
                                .audience("https://api.example.com")
                                .build())
                        .route("GET /orders authenticated")
                        .consolePath("/console")
                        .consoleScope(SCOPE))
                .build();
        if (!guard.awaitReady(Duration.ofSeconds(10))) {
            throw new IllegalStateException("the guard is not ready");
        }
        return guard;
    }

    /** A resource of the application. */
    @Path("/orders")
    public static class Orders {
        /** Its orders. */
        @GET
        @Authenticated
        public String list() {
            return "orders";
        }
    }

    String operatorToken() {
        return issuer.token().subject("olga").clientId("ops").scope(SCOPE).sign();
    }

    String userToken() {
        return issuer.token().subject("alice").clientId("shop").sign();
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(address + path));
    }

    HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return send(to("/console" + path).header("Authorization", "Bearer " + token));
    }

    /** Sends JSON as an operator. */
    HttpResponse<String> post(String path, Map<String, String> body) throws IOException, InterruptedException {
        return send(posting(path, TestJson.write(body)));
    }

    HttpRequest.Builder posting(String path, String body) {
        return to("/console" + path)
                .header("Authorization", "Bearer " + operatorToken())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** A JSON object. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> read(String json) throws IOException {
        return new ObjectMapper().readValue(json, Map.class);
    }

    int statusOfOrders(String token) throws IOException, InterruptedException {
        return send(to("/orders").header("Authorization", "Bearer " + token)).statusCode();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (Exception failure) {
            throw new IllegalStateException("The server could not be stopped", failure);
        }
        guard.close();
        issuer.close();
    }
}
