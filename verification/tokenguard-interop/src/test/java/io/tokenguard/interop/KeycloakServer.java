package io.tokenguard.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A Keycloak, built once and started from its distribution, with one realm and its database in memory. */
final class KeycloakServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final long PAUSE_MILLIS = 250;

    private final Path home;
    private final int port = freePort();
    private final int managementPort = freePort();
    private Process process;

    private KeycloakServer(Path home) {
        this.home = home;
    }

    /** A server that is not started yet. Its issuer is known already. */
    static KeycloakServer ofRelease(String version) {
        return new KeycloakServer(Path.of("target", "keycloak", "keycloak-" + version));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    URI issuer() {
        return URI.create("http://" + HOST + ":" + port + "/realms/shop");
    }

    URI admin() {
        return URI.create("http://" + HOST + ":" + port + "/admin/realms/shop/");
    }

    URI tokenEndpoint() {
        return URI.create(issuer() + "/protocol/openid-connect/token");
    }

    /**
     * Starts the server and waits until it is ready.
     *
     * @param logout where it sends logout tokens
     */
    void start(URI logout) throws IOException, InterruptedException {
        Path realm = home.resolve(Path.of("data", "import", "shop-realm.json"));
        Files.createDirectories(realm.getParent());
        Files.writeString(realm, resource().replace("BACKCHANNEL_LOGOUT_URI", logout.toString()));
        build();
        process = run(
                "start",
                "--optimized",
                "--http-enabled=true",
                "--hostname-strict=false",
                "--http-host=" + HOST,
                "--http-port=" + port,
                "--http-management-port=" + managementPort,
                "--import-realm");
        awaitReady();
    }

    /** Twice as fast as development mode, which builds at each start. */
    private void build() throws IOException, InterruptedException {
        Path marker = home.resolve("built-for-tests");
        if (Files.exists(marker)) {
            return;
        }
        if (run("build", "--db=dev-mem", "--health-enabled=true").waitFor() != 0) {
            throw new IllegalStateException("Keycloak could not be built:\n" + log());
        }
        Files.createFile(marker);
    }

    private Process run(String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("bash", home.resolve(Path.of("bin", "kc.sh")).toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        return builder.redirectErrorStream(true)
                .redirectOutput(home.resolve("server.log").toFile())
                .start();
    }

    private String log() throws IOException {
        return Files.readString(home.resolve("server.log"));
    }

    private static String resource() throws IOException {
        try (InputStream realm = KeycloakServer.class.getResourceAsStream("/keycloak/shop-realm.json")) {
            return new String(Objects.requireNonNull(realm).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("Keycloak did not start:\n" + log());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private boolean isReady() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + HOST + ":" + managementPort + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The script passes the signal on to its child, and so do we where it does not end in time. */
    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
