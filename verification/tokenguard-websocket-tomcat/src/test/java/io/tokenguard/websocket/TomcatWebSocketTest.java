package io.tokenguard.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.testkit.TestIssuer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tomcat answers WebSocket upgrades in its {@code WsFilter}: the guard decides before it, however it was declared. */
class TomcatWebSocketTest {
    /** A strong reference, because the logging of the JDK does not keep loggers. */
    private static final Logger LOG = Logger.getLogger("org.apache");

    private static final Pattern DOCUMENTED = Pattern.compile("```xml\n(<filter>.*?)```", Pattern.DOTALL);
    private static final String UPGRADE = String.join(
            "\r\n",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "");

    @TempDir
    private Path folder;

    private final TestIssuer issuer = TestIssuer.start();
    private final Tomcat tomcat = new Tomcat();
    private TokenGuard guard;

    private enum Declaration {
        NONE,
        WEB_XML_FOR_SERVLETS,
        WEB_XML_FOR_PATHS_AND_SERVLETS,
        MAPPED_TO_PATHS_AND_SERVLETS,
        MAPPED_TO_SERVLETS,
        WEB_XML,
        FILTER_MAP,
        MAPPED_TO_ALL_PATHS_AND_SERVLETS,
        FILTER_MAP_FOR_REQUESTS,
        REGISTERED_BEFORE_WEBSOCKET,
        REGISTERED_AFTER_WEBSOCKET,
        REGISTERED_IN_LISTENER,
        MAPPED_LAST_BEFORE_WEBSOCKET,
        MAPPED_LAST_AFTER_WEBSOCKET
    }

    private enum Endpoints {
        ADDED_IN_LISTENER,
        ADDED_BY_SERVLET
    }

    @BeforeEach
    void prepare() {
        LOG.setLevel(Level.OFF);
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .build())
                .route("/ws/** authenticated")
                .route("GET /api/orders/** scope orders:read")
                .route("/open public")
                .build();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        guard.close();
        issuer.close();
    }

    @ParameterizedTest
    @EnumSource(from = "WEB_XML")
    void decidesAboutAnUpgradeBeforeTomcatAnswersIt(Declaration declaration) throws Exception {
        start(declaration, Endpoints.ADDED_IN_LISTENER);
        decides();
    }

    @ParameterizedTest
    @EnumSource(from = "WEB_XML")
    void decidesAboutAnUpgradeToAnEndpointThatAServletAddsLate(Declaration declaration) throws Exception {
        start(declaration, Endpoints.ADDED_BY_SERVLET);
        assertThat(get("/open", "")).isEqualTo(200);
        decides();
    }

    // Filters that match by servlet name run after all that match by path, and so after Tomcat's.
    @ParameterizedTest
    @EnumSource(from = "WEB_XML_FOR_SERVLETS", to = "MAPPED_TO_SERVLETS")
    void doesNotStartMappedToServletNames(Declaration declaration) throws Exception {
        assertThat(deploy(declaration, Endpoints.ADDED_IN_LISTENER)).isNotEqualTo(LifecycleState.STARTED);
    }

    // Without this, the tests above would not show that Tomcat answers before the application's servlets.
    @Test
    void tomcatAnswersAnUpgradeItselfWithoutTheGuard() throws Exception {
        start(Declaration.NONE, Endpoints.ADDED_IN_LISTENER);
        assertThat(get("/ws/echo", UPGRADE)).isEqualTo(101);
    }

    @Test
    void runsOnTheVersionOfTomcatThatTheBuildNames() {
        assertThat(ServerInfo.getServerNumber()).startsWith(System.getProperty("tomcat.version"));
        assertThat(WsSci.class.getPackage().getImplementationVersion()).isEqualTo(System.getProperty("tomcat.version"));
    }

    private void decides() throws IOException {
        assertThat(get("/ws/echo", UPGRADE)).isEqualTo(401);
        assertThat(get("/ws/echo", UPGRADE + "Authorization: Bearer x\r\n")).isEqualTo(401);
        assertThat(get("/api/orders/events", UPGRADE)).isEqualTo(401);
        assertThat(get("/api/orders/events", UPGRADE + bearer(""))).isEqualTo(403);
        assertThat(get("/ws/echo", UPGRADE + bearer(""))).isEqualTo(101);
        assertThat(get("/api/orders/events", UPGRADE + bearer("orders:read"))).isEqualTo(101);
        assertThat(get("/ws/echo", UPGRADE))
                .as("after another client's upgrade")
                .isEqualTo(401);
    }

    private void start(Declaration declaration, Endpoints endpoints) throws Exception {
        assertThat(deploy(declaration, endpoints)).isEqualTo(LifecycleState.STARTED);
    }

    private LifecycleState deploy(Declaration declaration, Endpoints endpoints) throws Exception {
        Context context = switch (declaration) {
            case WEB_XML -> deployed(documented());
            case WEB_XML_FOR_SERVLETS ->
                deployed(documented().replace("<url-pattern>/*</url-pattern>", "<servlet-name>*</servlet-name>"));
            case WEB_XML_FOR_PATHS_AND_SERVLETS ->
                deployed(documented()
                        .replace(
                                "<url-pattern>/*</url-pattern>",
                                "<url-pattern>/api/*</url-pattern><servlet-name>*</servlet-name>"));
            default -> undeclared();
        };
        switch (endpoints) {
            case ADDED_IN_LISTENER -> context.addApplicationListener(Application.EndpointListener.class.getName());
            case ADDED_BY_SERVLET -> addServlet(context, new Application.EndpointServlet(), "/open");
        }
        declare(context, declaration);
        tomcat.start();
        return context.getState();
    }

    private void declare(Context context, Declaration declaration) {
        ServletContainerInitializer webSocket = new WsSci();
        switch (declaration) {
            case NONE -> initialize(context, webSocket);
            case WEB_XML, WEB_XML_FOR_SERVLETS, WEB_XML_FOR_PATHS_AND_SERVLETS -> {
                // Tomcat finds its initializer for WebSocket itself.
            }
            case FILTER_MAP -> {
                Application.declare(context, new TokenGuardFilter(guard), DispatcherType.values());
                initialize(context, webSocket);
            }
            case FILTER_MAP_FOR_REQUESTS -> {
                Application.declare(context, new TokenGuardFilter(guard), DispatcherType.REQUEST);
                initialize(context, webSocket);
            }
            case REGISTERED_BEFORE_WEBSOCKET -> {
                initialize(context, (classes, servlets) -> TokenGuardFilter.register(servlets, guard));
                initialize(context, webSocket);
            }
            case REGISTERED_AFTER_WEBSOCKET -> {
                initialize(context, webSocket);
                initialize(context, (classes, servlets) -> TokenGuardFilter.register(servlets, guard));
            }
            case REGISTERED_IN_LISTENER -> {
                context.getServletContext().setAttribute(Application.GUARD, guard);
                context.addApplicationListener(Application.RegisteringListener.class.getName());
                initialize(context, webSocket);
            }
            case MAPPED_LAST_BEFORE_WEBSOCKET -> {
                initialize(context, (classes, servlets) -> Application.mapLast(servlets, guard));
                initialize(context, webSocket);
            }
            case MAPPED_LAST_AFTER_WEBSOCKET -> {
                initialize(context, webSocket);
                initialize(context, (classes, servlets) -> Application.mapLast(servlets, guard));
            }
            case MAPPED_TO_SERVLETS -> {
                initialize(context, (classes, servlets) -> Application.mapToServlets(servlets, guard));
                initialize(context, webSocket);
            }
            case MAPPED_TO_PATHS_AND_SERVLETS -> {
                initialize(context, (classes, servlets) -> Application.mapToServlets(servlets, guard, "/api/*"));
                initialize(context, webSocket);
            }
            case MAPPED_TO_ALL_PATHS_AND_SERVLETS -> {
                initialize(context, (classes, servlets) -> Application.mapToServlets(servlets, guard, "/*"));
                initialize(context, webSocket);
            }
        }
    }

    private Context undeclared() {
        Context context = tomcat.addContext("", folder.toString());
        // Tomcat calls filters only if a servlet is mapped to the path.
        addServlet(context, new DefaultServlet(), "/");
        return context;
    }

    private static void addServlet(Context context, HttpServlet servlet, String pattern) {
        initialize(
                context,
                (classes, servlets) -> servlets.addServlet(servlet.getClass().getName(), servlet)
                        .addMapping(pattern));
    }

    private static void initialize(Context context, ServletContainerInitializer initializer) {
        context.addServletContainerInitializer(initializer, Set.of());
    }

    private Context deployed(String declarations) throws IOException {
        Path application = folder.resolve("application");
        Files.createDirectories(application.resolve("WEB-INF"));
        Files.writeString(
                application.resolve("WEB-INF/web.xml"),
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">" + declarations
                        + "</web-app>");
        Context context = tomcat.addWebapp("", application.toString());
        context.setIgnoreAnnotations(true);
        ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
        context.setParentClassLoader(TomcatWebSocketTest.class.getClassLoader());
        return context;
    }

    private String documented() throws IOException {
        Matcher block = DOCUMENTED.matcher(Files.readString(Path.of("..", "..", "docs", "servlet.md")));
        assertThat(block.find()).isTrue();
        return block.group(1)
                .replace("https://issuer.example.com", issuer.issuer())
                .replace(
                        "</filter>", route("ws", "/ws/** authenticated") + route("open", "/open public") + "</filter>");
    }

    private static String route(String name, String rule) {
        return "<init-param><param-name>tokenguard.routes." + name + "</param-name><param-value>" + rule
                + "</param-value></init-param>";
    }

    private int get(String path, String lines) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort())) {
            socket.setSoTimeout(20_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            String status = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            return Integer.parseInt(status.split(" ", -1)[1]);
        }
    }

    private String bearer(String scope) {
        String token = scope.isEmpty()
                ? issuer.token().sign()
                : issuer.token().scope(scope).sign();
        return "Authorization: Bearer " + token + "\r\n";
    }
}
