package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.testkit.TestIssuer;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs the examples of the pages as they stand, but for the address of the issuer. Those of jaxrs.md are run in
 * tokenguard-jaxrs, on each runtime.
 */
class DocumentedExamplesTest {
    @TempDir
    private Path classes;

    @Test
    void theListenerOfTheReadmeGuardsTheApplication() throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().start()) {
            Server server = serve(listener("README.md", "Guarding", issuer));
            try {
                awaitKeys(() -> status(server, "GET", "/api/orders/1", bearer(issuer, "other")));
                assertThat(status(server, "GET", "/health", "")).isEqualTo(200);
                assertThat(status(server, "GET", "/api/orders/1", "")).isEqualTo(401);
                assertThat(status(server, "GET", "/api/orders/1", bearer(issuer, "orders:write")))
                        .isEqualTo(403);
                assertThat(status(server, "GET", "/api/orders/1", bearer(issuer, "orders:read")))
                        .isEqualTo(200);
                assertThat(status(server, "POST", "/api/orders/1", bearer(issuer, "orders:read")))
                        .isEqualTo(403);
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void theListenerThatTakesFeedsGuardsTheApplication() throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().start()) {
            Server server = serve(listener("feeds.md", "Shop", issuer));
            try {
                awaitKeys(() -> status(server, "GET", "/api/orders", bearer(issuer, "any")));
                assertThat(status(server, "GET", "/api/orders", "")).isEqualTo(401);
                assertThat(status(server, "GET", "/api/orders", bearer(issuer, "any")))
                        .isEqualTo(200);
                assertThat(status(server, "GET", "/elsewhere", bearer(issuer, "any")))
                        .isEqualTo(403);
                assertThat(status(server, "POST", "/backchannel-logout", "")).isEqualTo(400);
                assertThat(status(server, "POST", "/events", "")).isEqualTo(400);
            } finally {
                server.stop();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"OrdersTest", "BoundTokenTest", "OfflineTest", "KeycloakTest", "ClientTest"})
    void theTestsOfTheTestingPagePass(String test) throws Exception {
        Class<?> example = DocumentedCode.load("testing.md", test, code -> code, classes);
        Method[] tests = Arrays.stream(example.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .toArray(Method[]::new);
        assertThat(tests).isNotEmpty();
        for (Method method : tests) {
            // On a busy machine a first load of keys may take longer than a request waits.
            await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> run(example, method));
        }
    }

    private static void run(Class<?> example, Method test) throws Exception {
        try (TestIssuer issuer = TestIssuer.start()) {
            test.setAccessible(true);
            test.invoke(instance(example), test.getParameterCount() == 0 ? new Object[0] : new Object[] {issuer});
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sender-constraint.md, BoundTokens, https://issuer.example.com, GET, /api/orders, orders:read",
        "introspection.md, OpaqueTokens, https://issuer.example.com, GET, /api/orders/1, orders:read"
    })
    void theGuardsOfThePagesDecide(
            String page, String className, String address, String method, String path, String scope) throws Exception {
        try (TestIssuer issuer = TestIssuer.start()) {
            Class<?> example =
                    DocumentedCode.load(page, className, code -> code.replace(address, issuer.issuer()), classes);
            try (TokenGuard guard = guardOf(example)) {
                awaitKeys(() -> status(guard.decide(request(method, path, bearer(issuer, "other")))));
                assertThat(status(guard.decide(request(method, path, "")))).isEqualTo(401);
                assertThat(status(guard.decide(request(method, path, bearer(issuer, "other")))))
                        .isEqualTo(403);
                assertThat(status(guard.decide(request(method, path, bearer(issuer, scope)))))
                        .isEqualTo(200);
            }
        }
    }

    /** On a busy machine the first load of the keys takes longer than a request waits. */
    private static void awaitKeys(Callable<Integer> status) {
        await().atMost(Duration.ofMinutes(1)).until(() -> status.call() != 503);
    }

    private static int status(Decision decision) {
        return decision instanceof Decision.Refused refused
                ? refused.challenge().status()
                : 200;
    }

    private static TokenGuard guardOf(Class<?> example) throws Exception {
        Method guard = Arrays.stream(example.getDeclaredMethods())
                .filter(method -> method.getReturnType() == TokenGuard.class)
                .findFirst()
                .orElseThrow();
        guard.setAccessible(true);
        Object[] arguments = Arrays.stream(guard.getParameterTypes())
                .map(any -> (Object) "secret")
                .toArray();
        return (TokenGuard) guard.invoke(instance(example), arguments);
    }

    private static Object instance(Class<?> example) throws Exception {
        Constructor<?> constructor = example.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static IncomingRequest request(String method, String path, String authorization) {
        IncomingRequest.Builder request = IncomingRequest.builder(method, path).overTls();
        return (authorization.isEmpty() ? request : request.header("Authorization", authorization)).build();
    }

    /** A container registers it by itself only if it is public and annotated. */
    private ServletContextListener listener(String page, String className, TestIssuer issuer) throws Exception {
        Class<?> listener = DocumentedCode.load(
                page,
                className,
                code -> code.replaceAll("https://(issuer|login)\\.example\\.com", issuer.issuer()),
                classes);
        assertThat(listener).isPublic().hasAnnotation(WebListener.class);
        return (ServletContextListener) listener.getDeclaredConstructor().newInstance();
    }

    private static Server serve(ServletContextListener listener) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler application = new ServletContextHandler();
        application.addEventListener(listener);
        application.addServlet(new Reached(), "/");
        server.setHandler(application);
        server.start();
        return server;
    }

    private static int status(Server server, String method, String path, String authorization) throws Exception {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static String bearer(TestIssuer issuer, String scope) {
        return "Bearer " + issuer.token().scope(scope).sign();
    }

    /** What is guarded. */
    private static final class Reached extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("reached");
        }
    }
}
