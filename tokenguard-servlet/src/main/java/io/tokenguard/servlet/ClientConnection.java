package io.tokenguard.servlet;

import io.tokenguard.access.IncomingRequest.Connection;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how a request reached the container. */
final class ClientConnection {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /** The request attribute that passes the connection to the Jakarta REST feature behind the filter. */
    private static final String ATTRIBUTE = Connection.class.getName();

    private ClientConnection() {}

    /** The connection. Also stored as an attribute of the request. */
    static Connection of(HttpServletRequest request) {
        Connection connection = read(request);
        request.setAttribute(ATTRIBUTE, connection);
        return connection;
    }

    private static Connection read(HttpServletRequest request) {
        return new Connection(
                TransportSecurity.isSecure(request),
                numeric(request.getRemoteAddr()),
                authority(request),
                certificates(request),
                numeric(PeerAddress.of(request)));
    }

    /**
     * The Host field as the client sent it; HTTP/2 has {@code :authority} instead, which containers expose as name and port.
     */
    private static String authority(HttpServletRequest request) {
        @Nullable Enumeration<String> hosts = request.getHeaders("Host");
        List<String> written = hosts == null ? List.of() : Collections.list(hosts);
        if (written.isEmpty()) {
            return named(request.getServerName(), request.getServerPort());
        }
        return written.size() == 1 ? written.get(0) : "";
    }

    private static String named(@Nullable String name, int port) {
        return name == null ? "" : name + ":" + port;
    }

    /** Jetty writes IPv6 addresses in brackets, as in a URI. */
    private static String numeric(@Nullable String address) {
        return address == null ? "" : address.replace("[", "").replace("]", "");
    }

    /** Servlet 6.0 §3.10: the certificates that the client presented in the TLS handshake, its own first. */
    private static List<X509Certificate> certificates(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain ? List.of(chain) : List.of();
    }
}
