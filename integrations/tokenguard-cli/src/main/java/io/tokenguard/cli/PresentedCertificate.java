package io.tokenguard.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Reads the certificate that a server presents. The handshake is always aborted: nothing is sent over this connection.
 *
 * @param reach how the issuer is reached
 */
record PresentedCertificate(IssuerReach reach) {
    Optional<X509Certificate> of(URI address, int port) {
        Recorder recorder = new Recorder(new AtomicReference<>());
        Proxy proxy = reach.proxyFor(address);
        try (Socket socket = new Socket(proxy.type() == Proxy.Type.HTTP ? proxy : Proxy.NO_PROXY)) {
            int longest = (int) reach.timeout().toMillis();
            socket.setSoTimeout(longest);
            socket.connect(new InetSocketAddress(address.getHost(), port), longest);
            SSLContext recording = SSLContext.getInstance("TLS");
            recording.init(null, new TrustManager[] {recorder}, null);
            try (SSLSocket secured =
                    (SSLSocket) recording.getSocketFactory().createSocket(socket, address.getHost(), port, true)) {
                secured.startHandshake();
            }
        } catch (IOException | GeneralSecurityException aborted) {
            // expected: the recorder accepts no certificate
        }
        return Optional.ofNullable(recorder.seen().get());
    }

    /** Accepts nothing. */
    private record Recorder(AtomicReference<X509Certificate> seen) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no clients");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            seen.set(chain[0]);
            throw new CertificateException("read");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "PresentedCertificate[not shown]";
    }
}
