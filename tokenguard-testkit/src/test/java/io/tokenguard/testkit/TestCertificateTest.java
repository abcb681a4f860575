package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class TestCertificateTest {
    private final TestCertificate authority = TestCertificate.selfSigned("authority");
    private final TestCertificate client = authority.issue("client");

    @Test
    void isSignedByItsIssuer() {
        assertThatCode(() -> client.certificate().verify(authority.certificate().getPublicKey()))
                .doesNotThrowAnyException();
        assertThat(client.chain()).containsExactly(client.certificate(), authority.certificate());
    }

    @Test
    void isAnotherOneWithEachCall() {
        assertThat(authority.issue("client").thumbprint()).isNotEqualTo(client.thumbprint());
    }

    @Test
    void isReadFromItsPem() throws GeneralSecurityException {
        var read = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(client.pem().getBytes(UTF_8)));
        assertThat(read).isEqualTo(client.certificate());
    }

    /** RFC 8705 §3.1. */
    @Test
    void bindsATokenByTheHashOfItsDer() throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(client.der());
        String thumbprint = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        try (TestIssuer issuer = TestIssuer.start()) {
            assertThat(issuer.token().boundTo(client.certificate()).payloadJson())
                    .contains("\"cnf\":{\"x5t#S256\":\"" + thumbprint + "\"}");
        }
    }

    @Test
    void isShownToAServerThatAsksForIt() throws IOException {
        SSLContext server = authority.issue("server").sslContext(authority.certificate());
        try (SSLServerSocket listener = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setNeedClientAuth(true);
            CompletableFuture<Object> shown = CompletableFuture.supplyAsync(() -> firstCertificate(listener));
            SSLContext own = client.sslContext(authority.certificate());
            try (SSLSocket socket = (SSLSocket)
                    own.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
                socket.startHandshake();
                assertThat(shown.join()).isEqualTo(client.certificate());
            }
        }
    }

    private static Object firstCertificate(SSLServerSocket listener) {
        try (SSLSocket socket = (SSLSocket) listener.accept()) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
