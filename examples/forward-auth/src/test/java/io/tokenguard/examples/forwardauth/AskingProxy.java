package io.tokenguard.examples.forwardauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real proxy that asks the endpoint before it passes requests on to an application. */
final class AskingProxy implements AutoCloseable {
    static final String HERE = "127.0.0.1";

    private static final Path PAGE = Path.of("..", "..", "docs", "forward-auth.md");

    private final TestIssuer issuer = TestIssuer.start();
    private final AuthServer endpoint;
    private final HttpServer application;
    private final Path folder;
    private final int port;
    private Optional<Process> proxy = Optional.empty();

    private AskingProxy(Gateway gateway, Path folder) throws IOException {
        this.folder = folder;
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
        endpoint = AuthServer.start(new Arguments(gateway, HERE, 0, List.of(HERE), Optional.empty()), guard);
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("/own") ? 403 : 200, -1);
            exchange.close();
        });
        application.start();
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    /** The endpoint for a gateway, and the application; the proxy is not started yet. */
    static AskingProxy of(Gateway gateway, Path folder) throws IOException {
        return new AskingProxy(gateway, folder);
    }

    /** The blocks of the page, by the word that ends each. */
    static List<String> blocks(String word) throws IOException {
        return Pattern.compile("<<'" + word + "'\n(.*?)\n" + word + "\n", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    String endpoint() {
        return endpoint.address().toString();
    }

    String application() {
        return HERE + ":" + application.getAddress().getPort();
    }

    int port() {
        return port;
    }

    /** Starts the proxy with this configuration; {@code @FILE@} in the command is its file. */
    void start(String configuration, String... command) throws IOException {
        Path file = Files.writeString(folder.resolve("proxy.conf"), configuration);
        ProcessBuilder builder = new ProcessBuilder(Stream.of(command)
                        .map(word -> word.replace("@FILE@", file.toString()))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("XDG_DATA_HOME", folder.toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.toString());
        Process started = builder.start();
        proxy = Optional.of(started);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!accepts(port)) {
            assertThat(started.isAlive())
                    .as("%s", Files.readString(folder.resolve("output")))
                    .isTrue();
            assertThat(System.nanoTime() - end).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static boolean accepts(int candidate) {
        try (Socket open = new Socket(InetAddress.getLoopbackAddress(), candidate)) {
            return open.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The status line and the fields. */
    List<String> get(String path, String... lines) throws IOException {
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

    static int status(List<String> head) {
        return Integer.parseInt(head.get(0).substring(9, 12));
    }

    static List<String> field(List<String> head, String name) {
        String prefix = name + ": ";
        return head.stream()
                .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    String bearer(String... scopes) {
        return "Authorization: Bearer " + issuer.token().scope(scopes).sign();
    }

    /** Requires that a client without a nonce gets one, and is let through with it (RFC 9449 §8). */
    void passesTheNonceOn() throws IOException {
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

    @Override
    public void close() {
        proxy.ifPresent(Process::destroy);
        proxy.ifPresent(started -> assertThat(started.onExit()).succeedsWithin(Duration.ofSeconds(10)));
        application.stop(0);
        endpoint.close();
        issuer.close();
    }
}
