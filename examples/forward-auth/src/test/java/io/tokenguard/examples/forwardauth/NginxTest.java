package io.tokenguard.examples.forwardauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.config.Dpop;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of the page in a real nginx. Skipped where nginx is not installed. */
class NginxTest {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path PAGE = Path.of("..", "..", "docs", "forward-auth.md");
    private static final String HERE = "127.0.0.1";

    private static TestIssuer issuer;
    private static AuthServer endpoint;
    private static HttpServer application;
    private static Process nginx;
    private static int port;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(NGINX), "no /usr/sbin/nginx: apt-get install -y nginx-light");
        issuer = TestIssuer.start();
        TokenGuard guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(ForwardAuth.AUDIENCE)
                        .build())
                .trustedProxies(HERE)
                .resourceHosts("api.example.com")
                .dpop(Dpop.supported().askForNonces())
                .route("GET /health public")
                .route("GET /orders/** scope " + ForwardAuth.SCOPE)
                .build();
        endpoint = AuthServer.start(new Arguments(Gateway.NGINX, HERE, 0, List.of(HERE), Optional.empty()), guard);
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("/own") ? 403 : 200, -1);
            exchange.close();
        });
        application.start();
        startNginx();
    }

    private static void startNginx() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path file = Files.writeString(folder.resolve("nginx.conf"), configuration());
        nginx = new ProcessBuilder(NGINX.toString(), "-p", folder.toString(), "-c", file.toString(), "-e", "stderr")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!accepts(port)) {
            assertThat(nginx.isAlive())
                    .as("nginx: %s", folder.resolve("output"))
                    .isTrue();
            assertThat(System.nanoTime() - end).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** The two blocks of the page, for its ports; the client's TLS ends in front of this nginx. */
    private static String configuration() throws IOException {
        List<String> blocks = blocks("NGINX");
        assertThat(blocks).hasSize(2);
        String locations = blocks.get(1)
                .replace("http://127.0.0.1:9000/", endpoint.address() + "/")
                .replace("$scheme", "https");
        return "daemon off;\npid nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\n  access_log off;\n"
                + "  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n"
                + "  uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n"
                + "  upstream application { server " + HERE + ":"
                + application.getAddress().getPort() + "; }\n" + blocks.get(0) + "\n  server {\n    listen " + HERE
                + ":"
                + port + ";\n" + locations + "\n  }\n}\n";
    }

    private static List<String> blocks(String word) throws IOException {
        return Pattern.compile("<<'" + word + "'\n(.*?)\n" + word + "\n", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static boolean accepts(int candidate) {
        try (Socket open = new Socket(InetAddress.getLoopbackAddress(), candidate)) {
            return open.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (nginx != null) {
            nginx.destroy();
            assertThat(nginx.waitFor(10, TimeUnit.SECONDS)).isTrue();
            application.stop(0);
            endpoint.close();
            issuer.close();
        }
    }

    /** The status line and the fields. */
    private static List<String> get(String path, String... lines) throws IOException {
        StringBuilder text = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: api.example.com\r\n");
        for (String line : lines) {
            text.append(line).append("\r\n");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(text.append("Connection: close\r\n\r\n").toString().getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return answer.split("\r\n\r\n", 2)[0].lines().toList();
        }
    }

    private static int status(List<String> head) {
        return Integer.parseInt(head.get(0).substring(9, 12));
    }

    private static List<String> field(List<String> head, String name) {
        String prefix = name + ": ";
        return head.stream()
                .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    private static String bearer(String... scopes) {
        return "Authorization: Bearer " + issuer.token().scope(scopes).sign();
    }

    @Test
    void letsThroughWhatTheGuardGrants() throws IOException {
        assertThat(status(get("/health"))).isEqualTo(200);
        assertThat(status(get("/orders/7?x=1", bearer(ForwardAuth.SCOPE)))).isEqualTo(200);
    }

    @Test
    void passesBothChallengesOn() throws IOException {
        List<String> head = get("/orders/7");
        assertThat(status(head)).isEqualTo(401);
        assertThat(field(head, "WWW-Authenticate"))
                .singleElement()
                .asString()
                .contains("Bearer realm=\"api\"", "DPoP realm=\"api\"");
    }

    @Test
    void passesOnWhichScopeIsMissing() throws IOException {
        List<String> head = get("/orders/7", bearer("other"));
        assertThat(status(head)).isEqualTo(403);
        assertThat(field(head, "WWW-Authenticate"))
                .singleElement()
                .asString()
                .contains("error=\"insufficient_scope\"", "scope=\"orders:read\"");
    }

    @Test
    void addsNoChallengeToARefusalOfTheApplication() throws IOException {
        List<String> head = get("/orders/own", bearer(ForwardAuth.SCOPE));
        assertThat(status(head)).isEqualTo(403);
        assertThat(field(head, "WWW-Authenticate")).isEmpty();
    }

    /** RFC 9449 §8: without its first nonce, a client can make no proof. */
    @Test
    void passesTheNonceOnThatTheNextProofNeeds() throws IOException {
        DpopClient client = DpopClient.create();
        String token =
                issuer.token().scope(ForwardAuth.SCOPE).boundTo(client.key()).sign();
        List<String> first = get("/orders/7", "Authorization: DPoP " + token, "DPoP: " + proof(client, token, ""));
        assertThat(status(first)).isEqualTo(401);
        assertThat(field(first, "WWW-Authenticate").toString()).contains("error=\"use_dpop_nonce\"");
        String nonce = field(first, "DPoP-Nonce").get(0);
        List<String> second = get("/orders/7", "Authorization: DPoP " + token, "DPoP: " + proof(client, token, nonce));
        assertThat(status(second)).isEqualTo(200);
    }

    private static String proof(DpopClient client, String token, String nonce) {
        var proof = client.proof("GET", "https://api.example.com/orders/7").forToken(token);
        return (nonce.isEmpty() ? proof : proof.claim("nonce", nonce)).sign();
    }

    /** What a client writes about its own request counts for nothing. */
    @Test
    void overwritesWhatAClientWritesAboutItself() throws IOException {
        assertThat(status(get("/orders/7", "X-Original-URI: /health"))).isEqualTo(401);
        assertThat(status(get("/health", "X-Original-URI: /orders/7", "X-Forwarded-Host: evil.example")))
                .isEqualTo(200);
        assertThat(status(get("/orders/%2e%2e/health"))).isEqualTo(403);
    }
}
