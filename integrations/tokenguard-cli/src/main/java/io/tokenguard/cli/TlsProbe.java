package io.tokenguard.cli;

import io.tokenguard.internal.audit.SafeText;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * A TLS handshake as the guard does it. If it fails, reads the server's certificates to say why.
 *
 * @param reach how the issuer is reached
 * @param report receives the result
 */
record TlsProbe(IssuerReach reach, Report report) {
    boolean secures(Socket connected, URI address, int port) {
        long start = System.nanoTime();
        try (SSLSocket socket =
                (SSLSocket) reach.tls().getSocketFactory().createSocket(connected, address.getHost(), port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            report.fine("tls", accepted(socket.getSession()) + ", " + Millis.since(start));
            return true;
        } catch (IOException failure) {
            Optional<X509Certificate> shown = new PresentedCertificate(reach).of(address, port);
            shown.ifPresentOrElse(
                    certificate -> explain(certificate, address.getHost(), String.valueOf(failure.getMessage())),
                    () -> report.error(
                            "tls",
                            reach.address(),
                            "the handshake failed: " + SafeText.sentence(String.valueOf(failure.getMessage())),
                            "check that the server uses TLS on this port, version 1.2 or 1.3"));
            return false;
        }
    }

    private String accepted(SSLSession session) throws IOException {
        Certificate[] chain = session.getPeerCertificates();
        X509Certificate own = (X509Certificate) chain[0];
        X509Certificate last = (X509Certificate) chain[chain.length - 1];
        return session.getProtocol() + ", certificate of " + nameOf(own) + " until "
                + own.getNotAfter().toInstant() + ", issued by " + authorityOf(last) + ", trusted by "
                + reach.authorities();
    }

    private void explain(X509Certificate certificate, String host, String failure) {
        String name = nameOf(certificate);
        Instant now = Instant.now();
        if (certificate.getNotAfter().toInstant().isBefore(now)) {
            report.error(
                    "tls",
                    reach.address(),
                    "the certificate of " + name + " expired at "
                            + certificate.getNotAfter().toInstant(),
                    "renew the certificate of the issuer's server; check this machine's clock");
        } else if (certificate.getNotBefore().toInstant().isAfter(now)) {
            report.error(
                    "tls",
                    reach.address(),
                    "the certificate of " + name + " is not valid before "
                            + certificate.getNotBefore().toInstant(),
                    "check this machine's clock");
        } else if (failure.contains("subject alternative") || failure.contains("No name matching")) {
            report.error(
                    "tls",
                    reach.address(),
                    "the certificate of " + name + " is not for the host " + SafeText.value(host),
                    "use the host name that the certificate names, or add this one to the certificate");
        } else {
            report.error(
                    "tls",
                    reach.key("jwks.ca-file"),
                    "the certificate of " + name + ", issued by " + authorityOf(certificate) + ", is not trusted by "
                            + reach.authorities(),
                    "set " + reach.key("jwks.ca-file") + " to the PEM file of that authority");
        }
    }

    private static String nameOf(X509Certificate certificate) {
        return SafeText.finding(certificate.getSubjectX500Principal().getName());
    }

    private static String authorityOf(X509Certificate certificate) {
        return SafeText.finding(certificate.getIssuerX500Principal().getName());
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "TlsProbe[not shown]";
    }
}
