package io.tokenguard.servlet;

import io.tokenguard.access.IncomingRequest.Connection;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells how a request came to the container. */
final class ClientConnection {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /** The attribute by which Jakarta REST behind the filter finds what the filter knows of the connection. */
    private static final String ATTRIBUTE = Connection.class.getName();

    private ClientConnection() {}

    /** The connection. Kept as an attribute of the request too. */
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

    /** The Host field as the client wrote it; HTTP/2 has {@code :authority} instead, which containers expose as name and port. */
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

    /** Jetty writes addresses of IPv6 in brackets, as in a URI. */
    private static String numeric(@Nullable String address) {
        return address == null ? "" : address.replace("[", "").replace("]", "");
    }

    /** Servlet 6.0 §3.10: what the client has proven to hold, its own certificate first. */
    private static List<X509Certificate> certificates(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain ? List.of(chain) : List.of();
    }
}
