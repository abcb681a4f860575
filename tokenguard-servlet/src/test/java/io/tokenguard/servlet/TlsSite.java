package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Refusal;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A guarded Jetty that listens twice: for TLS, where it asks for certificates, and without it, as behind a proxy that ends TLS. */
final class TlsSite implements AutoCloseable {
    static final TestCertificate AUTHORITY = TestCertificate.selfSigned("authority");
    private static final TestCertificate SERVER = AUTHORITY.issue("server");
    private static final int MOST_HEADER_BYTES = 2 * 1024 * 1024;

    private final Server jetty = new Server();
    private final ServerConnector tls;
    private final ServerConnector plain;
    private final TestIssuer issuer = TestIssuer.start();
    private final BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();
    private final TokenGuard guard;

    private TlsSite(UnaryOperator<TokenGuardBuilder> settings) {
        guard = settings.apply(TokenGuard.builder()
                        .issuer(TrustedIssuer.builder(issuer.issuer())
                                .audience("https://api.example.com")
                                .build())
                        .route("/orders authenticated")
                        .observer(new Recorder(refusals)))
                .build();
        tls = new ServerConnector(jetty, encrypted(), new HttpConnectionFactory(configuration(true)));
        plain = new ServerConnector(jetty, new HttpConnectionFactory(configuration(false)));
    }

    private record Recorder(BlockingQueue<Refusal> refusals) implements GuardObserver {
        @Override
        public void refused(Refusal refusal) {
            refusals.add(refusal);
        }
    }

    static TlsSite start(UnaryOperator<TokenGuardBuilder> settings) throws Exception {
        TlsSite site = new TlsSite(settings);
        site.tls.setHost("127.0.0.1");
        site.plain.setHost("127.0.0.1");
        site.jetty.addConnector(site.tls);
        site.jetty.addConnector(site.plain);
        site.jetty.setHandler(
                isEe11() ? JettyEe11.guardedPage(site.guard, "/orders") : JettyEe10.guardedPage(site.guard, "/orders"));
        site.jetty.start();
        return site;
    }

    private static boolean isEe11() {
        return System.getProperty("servlet.containers", "").contains("JETTY_EE11");
    }

    private static HttpConfiguration configuration(boolean isTls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(MOST_HEADER_BYTES);
        if (isTls) {
            http.addCustomizer(new SecureRequestCustomizer(false));
        }
        return http;
    }

    private static SslConnectionFactory encrypted() {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(SERVER.sslContext(AUTHORITY.certificate()));
        factory.setWantClientAuth(true);
        return new SslConnectionFactory(factory, "http/1.1");
    }

    TestIssuer issuer() {
        return issuer;
    }

    /** Why the last request was refused; waits for nothing, as the guard tells before it answers. */
    String lastReason() {
        Refusal last = null;
        for (Refusal refusal = refusals.poll(); refusal != null; refusal = refusals.poll()) {
            last = refusal;
        }
        return last == null ? "none" : last.reason().name();
    }

    /** Where it listens without TLS. */
    String plainAddress() {
        return "127.0.0.1:" + plain.getLocalPort();
    }

    /** Over TLS, with this certificate. */
    Answer overTls(TestCertificate client, String token, String... lines) throws IOException {
        return overTls(client.sslContext(AUTHORITY.certificate()), token, lines);
    }

    /** Over TLS, without a certificate. */
    Answer overTls(String token, String... lines) throws IOException {
        return overTls(TestCertificate.anonymousContext(AUTHORITY.certificate()), token, lines);
    }

    private Answer overTls(SSLContext context, String token, String... lines) throws IOException {
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), tls.getLocalPort());
        try (RawConnection connection = new RawConnection(socket)) {
            return connection.exchange(request(token, lines));
        }
    }

    /** As a proxy asks that ends TLS. */
    Answer asProxy(String token, String... lines) throws IOException {
        try (RawConnection connection = new RawConnection("127.0.0.1", plain.getLocalPort())) {
            return connection.exchange(request(token, lines));
        }
    }

    private static String request(String token, String... lines) {
        StringBuilder text = new StringBuilder("GET /orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        text.append("Authorization: Bearer ").append(token).append("\r\n");
        for (String line : lines) {
            text.append(line).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("Jetty did not stop", failure);
        } finally {
            guard.close();
            issuer.close();
        }
    }
}
