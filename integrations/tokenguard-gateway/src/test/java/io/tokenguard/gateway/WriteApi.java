package io.tokenguard.gateway;

import io.tokenguard.TokenGuard;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.testkit.TestIssuer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An application in Jetty that counts the effects of its requests. */
final class WriteApi implements AutoCloseable {
    static final String LONG_ANSWER = "x".repeat(100_000);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server = new Server();
    private final URI address;
    final AtomicInteger effects = new AtomicInteger();
    final CountDownLatch running = new CountDownLatch(1);
    final CountDownLatch mayEnd = new CountDownLatch(1);

    WriteApi(TokenGuard guard) throws Exception {
        ServletContextHandler application = new ServletContextHandler();
        application.addServletContainerInitializer((classes, context) -> TokenGuardFilter.register(context, guard));
        ServletHolder orders = new ServletHolder(new Orders());
        orders.setAsyncSupported(true);
        application.addServlet(orders, "/*");
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(application);
        server.start();
        address = URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    private final class Orders extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                answer(response, 202, "dispatched");
                return;
            }
            String path = request.getRequestURI();
            String text = path.equals("/orders/form")
                    ? String.valueOf(request.getParameter("item"))
                    : "read " + request.getInputStream().readAllBytes().length;
            int number = effects.incrementAndGet();
            switch (path) {
                case "/orders/error" -> response.sendError(502);
                case "/orders/broken" -> throw new IllegalStateException("broken");
                case "/orders/denied" -> answer(response, 403, "not now");
                case "/orders/rejected" -> answer(response, 404, "no such thing");
                case "/orders/long" -> answer(response, 200, LONG_ANSWER);
                case "/orders/slow" -> slow(response);
                case "/orders/dispatched" -> request.startAsync().dispatch();
                case "/orders/async" -> async(request, number);
                default -> created(response, number, text);
            }
        }

        @Override
        protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
            created(response, effects.incrementAndGet(), "put");
        }
    }

    private static void created(HttpServletResponse response, int number, String text) throws IOException {
        response.setHeader("Location", "/orders/" + number);
        response.setHeader("Set-Cookie", "session=secret" + number);
        response.setHeader("X-Number", Integer.toString(number));
        answer(response, 201, "order " + number + " " + text);
    }

    private static void answer(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain");
        response.getWriter().write(text);
        response.getWriter().close();
    }

    private void slow(HttpServletResponse response) throws IOException {
        running.countDown();
        try {
            if (!mayEnd.await(20, TimeUnit.SECONDS)) {
                throw new IOException("not ended");
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
        answer(response, 200, "slow");
    }

    private static void async(HttpServletRequest request, int number) {
        AsyncContext context = request.startAsync();
        context.start(() -> {
            try {
                answer((HttpServletResponse) context.getResponse(), 202, "later " + number);
            } catch (IOException gone) {
                throw new IllegalStateException(gone);
            } finally {
                context.complete();
            }
        });
    }

    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String token, String key, String body)
            throws IOException, InterruptedException {
        return send(request(path, token)
                .header("Idempotency-Key", "\"" + key + "\"")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    static String token(TestIssuer issuer, String subject, String client) {
        return issuer.token().subject(subject).clientId(client).scope("write").sign();
    }

    @Override
    public void close() {
        mayEnd.countDown();
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
