package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tokenguard.access.GuardHealth.KeyState;
import io.tokenguard.access.RefusalReason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform checks certificates and protocol, and no setting disables that. */
class KeyTlsTest {
    private static final String PASSWORD = "of-a-test";
    private static final SSLContext PLATFORM = platform();

    @TempDir
    private static Path folder;

    private static KeyStore certificates;

    private static SSLContext platform() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @BeforeAll
    static void trustOneAuthority() throws IOException, InterruptedException, GeneralSecurityException {
        certify("ca", "-validity 30 -ext bc:c");
        certify("good", "-validity 30 -ext san=ip:127.0.0.1 -signer ca");
        certify("expired", "-startdate -10d -validity 5 -ext san=ip:127.0.0.1 -signer ca");
        certify("elsewhere", "-validity 30 -ext san=dns:elsewhere.example -signer ca");
        certify("self", "-validity 30 -ext san=ip:127.0.0.1");
        certificates = KeyStore.getInstance(folder.resolve("certificates").toFile(), PASSWORD.toCharArray());
        KeyStore trusted = emptyStore();
        trusted.setCertificateEntry("ca", certificates.getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
        SSLContext.setDefault(trusting);
    }

    @AfterAll
    static void trustThePlatformAgain() {
        SSLContext.setDefault(PLATFORM);
    }

    /** The platform's own tool makes them: it alone can date a certificate back. */
    private static void certify(String name, String options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-Xshare:auto",
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair"));
        command.addAll(List.of("-keystore", "certificates", "-storepass", PASSWORD, "-alias", name));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name));
        command.addAll(Arrays.asList(options.split(" ", -1)));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> read(output)).isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** A certificate with its key and its chain, and nothing else that the server could choose. */
    private static KeyStore only(String name) throws IOException, GeneralSecurityException {
        char[] password = PASSWORD.toCharArray();
        KeyStore store = emptyStore();
        store.setKeyEntry(name, certificates.getKey(name, password), password, certificates.getCertificateChain(name));
        return store;
    }

    private static HttpsServer server(String certificate, int port, String document)
            throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(only(certificate), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/jwks", exchange -> {
            byte[] body = document.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static TokenGuard guard(KeyDrill drill, int port) {
        return drill.describe(settings -> settings.keysFrom(URI.create("https://127.0.0.1:" + port + "/jwks")))
                .build();
    }

    /** Decides once the load that the first request demands has ended, which may take longer than a request waits. */
    private static RefusalReason judge(KeyDrill drill, TokenGuard guard) {
        String token = drill.issuer.token().sign();
        RefusalReason first = reasonOf(guard.decide(bearing(token)));
        KeyDrill.settle(guard);
        return first == RefusalReason.KEYS_UNAVAILABLE ? reasonOf(guard.decide(bearing(token))) : first;
    }

    @Test
    void loadsKeysFromAServerThatThePlatformTrusts() throws IOException, GeneralSecurityException {
        try (KeyDrill drill = KeyDrill.addressed()) {
            HttpsServer server = server("good", 0, drill.issuer.jwksJson());
            try (TokenGuard guard = guard(drill, server.getAddress().getPort())) {
                assertThat(judge(drill, guard)).isNull();
            } finally {
                server.stop(0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "elsewhere", "self"})
    void loadsNothingFromOneThatItDoesNotTrust(String certificate) throws IOException, GeneralSecurityException {
        try (KeyDrill drill = KeyDrill.addressed()) {
            HttpsServer server = server(certificate, 0, drill.issuer.jwksJson());
            try (TokenGuard guard = guard(drill, server.getAddress().getPort())) {
                assertThat(judge(drill, guard)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                assertThat(guard.health().issuers().get(0).lastFailure().orElseThrow())
                        .startsWith("TLS failed");
            } finally {
                server.stop(0);
            }
        }
    }

    @Test
    void goesOnServingWhenTheCertificateExpires() throws IOException, GeneralSecurityException {
        try (KeyDrill drill = KeyDrill.addressed()) {
            HttpsServer server = server("good", 0, drill.issuer.jwksJson());
            int port = server.getAddress().getPort();
            try (TokenGuard guard = guard(drill, port)) {
                assertThat(judge(drill, guard)).isNull();
                server.stop(0);
                HttpsServer expired = server("expired", port, drill.issuer.jwksJson());
                drill.timer.advance(Duration.ofMinutes(4));
                Awaitility.await().until(() -> guard.health().issuers().get(0).state() == KeyState.DEGRADED);
                assertThat(guard.health().issuers().get(0).lastFailure().orElseThrow())
                        .startsWith("TLS failed");
                assertThat(judge(drill, guard)).isNull();
                expired.stop(0);
            }
        }
    }

    @Test
    void loadsNothingByTls10() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                KeyDrill drill = KeyDrill.addressed();
                TokenGuard guard = guard(drill, server.getLocalPort())) {
            Thread old = new Thread(() -> greetByTls10(server));
            old.start();
            assertThat(judge(drill, guard)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            assertThat(guard.health().issuers().get(0).lastFailure().orElseThrow())
                    .startsWith("TLS failed");
        }
    }

    /** RFC 2246 §7.4.1.3: a server hello of version 3.1, and nothing else. */
    private static void greetByTls10(ServerSocket server) {
        String hello = "0301" + "00".repeat(32) + "00" + "002f" + "00";
        String handshake = "02" + "000026" + hello;
        try (Socket connection = server.accept();
                InputStream request = connection.getInputStream()) {
            assertThat(request.read(new byte[4096])).isPositive();
            connection.getOutputStream().write(HexFormat.of().parseHex("1603010" + "02a" + handshake));
            connection.getOutputStream().flush();
            assertThat(request.read(new byte[4096])).isNotZero();
        } catch (IOException closed) {
            // The client has hung up, as it should.
        }
    }
}
