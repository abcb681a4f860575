package io.tokenguard.browser;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Refusal;
import io.tokenguard.config.Credentials;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestIssuer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * An API over TLS whose login puts the token into a cookie. Every host leads to it, so that pages of other sites come from it, too.
 *
 * @param refusals what the guard has refused
 * @param reached the requests that reached the application
 */
record CookieSite(
        TestIssuer issuer,
        TokenGuard guard,
        Server server,
        int port,
        BlockingQueue<Refusal> refusals,
        BlockingQueue<String> reached)
        implements AutoCloseable {
    private static final String AUDIENCE = "https://api.example.com";
    private static final TestCertificate CERTIFICATE = TestCertificate.selfSigned("localhost");

    static CookieSite start() throws Exception {
        Server server = new Server();
        ServerConnector connector = connector(server);
        connector.open();
        int port = connector.getLocalPort();
        BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();
        BlockingQueue<String> reached = new LinkedBlockingQueue<>();
        TestIssuer issuer = TestIssuer.builder().audience(AUDIENCE).start();
        TokenGuard guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .credentials(Credentials.inAuthorization().inCookie("__Host-access"))
                        .build())
                .resourceHosts("app.example.com:" + port)
                .observer(new Recorder(refusals))
                .route("/login public")
                .route("/page public")
                .route("/api/** authenticated")
                .build();
        if (!guard.awaitReady(Duration.ofSeconds(20))) {
            throw new IllegalStateException("the guard is not ready");
        }
        ServletContextHandler context = new ServletContextHandler();
        context.addServletContainerInitializer((classes, servlets) -> {
            TokenGuardFilter.register(servlets, guard);
            servlets.addServlet("login", new Login(issuer)).addMapping("/login");
            servlets.addServlet("page", new Login(null)).addMapping("/page");
            servlets.addServlet("api", new Api(reached)).addMapping("/api/*");
        });
        server.setHandler(context);
        server.start();
        return new CookieSite(issuer, guard, server, port, refusals, reached);
    }

    private static ServerConnector connector(Server server) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(CERTIFICATE.sslContext());
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer(false));
        ServerConnector connector = new ServerConnector(
                server, new SslConnectionFactory(factory, "http/1.1"), new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        return connector;
    }

    private record Recorder(BlockingQueue<Refusal> refusals) implements GuardObserver {
        @Override
        public void refused(Refusal refusal) {
            if (refusal.path().startsWith("/api/")) {
                refusals.add(refusal);
            }
        }
    }

    /** A page; that of the login also sets the cookie, in the weakest form that a browser accepts. */
    private static final class Login extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient TestIssuer issuer;

        Login(TestIssuer issuer) {
            this.issuer = issuer;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (issuer != null) {
                String attributes = "; Path=/; Secure; HttpOnly; SameSite="
                        + (request.getQueryString() == null ? "None" : request.getQueryString());
                response.addHeader(
                        "Set-Cookie", "__Host-access=" + issuer.token().sign() + attributes);
            }
            response.setContentType("text/html");
            response.getWriter().print("<!doctype html><title>x</title><body>page</body>");
        }
    }

    private static final class Api extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient BlockingQueue<String> reached;

        Api(BlockingQueue<String> reached) {
            this.reached = reached;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            reached.add(request.getMethod() + " " + request.getRequestURI() + " by " + request.getRemoteUser());
            response.getWriter().print("orders of " + request.getRemoteUser());
        }
    }

    URI at(String host, String path) {
        return URI.create("https://" + host + ":" + port + path);
    }

    @Override
    public void close() {
        try {
            server.stop();
            guard.close();
            issuer.close();
        } catch (Exception failure) {
            throw new IllegalStateException("the servers could not be stopped", failure);
        }
    }
}
