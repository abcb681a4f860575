package io.tokenguard.jaxrs;

import io.tokenguard.access.IncomingRequest.Connection;
import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records the peer's address and certificates, and whether the request came over TLS, if there are servlets. */
@PreMatching
@Priority(Integer.MIN_VALUE)
final class ServletAddressFilter implements ContainerRequestFilter {
    private static final String PROPERTY = ServletAddressFilter.class.getName();
    private static final String CERTIFICATES = PROPERTY + ".certificates";
    private static final String TLS = PROPERTY + ".tls";
    private static final String FORWARDED = PROPERTY + ".forwarded";
    private static final String PEER = PROPERTY + ".peer";

    /** The default: the address of the servlet request. */
    static final Function<ContainerRequestContext, String> OF_SERVLET = ServletAddressFilter::addressOf;

    /** Servlet 6.0 §3.10: containers set it for TLS. */
    private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";

    /** Tomcat's RemoteIpValve sets it on requests of proxies that are declared to it. */
    private static final String TOMCAT_FORWARDED = "org.apache.tomcat.request.forwarded";

    /** The attribute that the servlet filter in front of this feature sets. */
    private static final String FILTERED = Connection.class.getName();

    private static final String SERVLET_CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    @Context
    private @Nullable HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable HttpServletRequest injected = servletRequest;
        String peer = injected != null && isOfServlet() ? ContainerRequest.peerAddress(injected) : "";
        request.setProperty(PROPERTY, isCertain(peer) ? address() : "");
        request.setProperty(CERTIFICATES, attribute(SERVLET_CERTIFICATES));
        request.setProperty(TLS, isOfServlet() ? isTls() : null);
        request.setProperty(FORWARDED, isForwarded());
        request.setProperty(PEER, peer);
    }

    static String addressOf(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof String address ? address : "";
    }

    /** The certificates that the peer presented in the TLS handshake, its own first (Servlet 6.0 §3.10). */
    static List<X509Certificate> certificatesOf(ContainerRequestContext request) {
        return request.getProperty(CERTIFICATES) instanceof X509Certificate[] chain ? List.of(chain) : List.of();
    }

    /**
     * Whether a request came over TLS: as the servlet filter in front of this feature determined; otherwise as the runtime
     * states, if the servlet container (if any) confirms it. Clients write the scheme of their requests themselves, and
     * containers believe it (RFC 9112 §3.2.2, RFC 9113 §8.3.1).
     */
    static boolean isSecure(ContainerRequestContext request) {
        if (request.getProperty(FILTERED) instanceof Connection connection) {
            return connection.isSecure();
        }
        @Nullable SecurityContext transport = request.getSecurityContext();
        return transport != null && transport.isSecure() && !Boolean.FALSE.equals(request.getProperty(TLS));
    }

    /**
     * The address of the connection's peer, by the servlet filter in front of this feature; otherwise by the container's own
     * request. Empty if it is unknown, such as after Tomcat's RemoteIpValve has replaced it.
     *
     * @param stated the peer's address as the application states it; null if the servlet request has it
     */
    static String peerAddressOf(ContainerRequestContext request, @Nullable String stated) {
        if (request.getProperty(FILTERED) instanceof Connection connection) {
            return connection.peerAddress();
        }
        if (Boolean.TRUE.equals(request.getProperty(FORWARDED))) {
            return "";
        }
        if (stated != null) {
            return stated;
        }
        return request.getProperty(PEER) instanceof String peer ? peer : "";
    }

    /** Without a peer, a client may have written the address, unless the servlet filter or Tomcat's valve checks that. */
    private boolean isCertain(String peer) {
        return !peer.isEmpty() || isForwarded() || attribute(FILTERED) != null;
    }

    private boolean isOfServlet() {
        try {
            return servletRequest != null && servletRequest.getProtocol() != null;
        } catch (RuntimeException noServlet) {
            return false;
        }
    }

    private boolean isTls() {
        return attribute(CIPHER_SUITE) != null || isForwarded() || isEncrypted();
    }

    private boolean isForwarded() {
        return Boolean.TRUE.equals(attribute(TOMCAT_FORWARDED));
    }

    /**
     * Servlet 6.0 §3.4: these attributes describe the connection, not client input. Jetty sets no attributes without a
     * customizer.
     */
    private boolean isEncrypted() {
        try {
            return servletRequest != null
                    && servletRequest.getServletConnection().isSecure();
        } catch (RuntimeException | LinkageError unknown) {
            return false;
        }
    }

    private @Nullable Object attribute(String name) {
        try {
            return servletRequest == null ? null : servletRequest.getAttribute(name);
        } catch (RuntimeException noServlet) {
            return null;
        }
    }

    /** Jetty writes IPv6 addresses in brackets, as in a URI. Without a servlet, runtimes leave the field empty or throw. */
    private @Nullable String address() {
        try {
            return servletRequest == null
                    ? null
                    : servletRequest.getRemoteAddr().replace("[", "").replace("]", "");
        } catch (RuntimeException noServlet) {
            return null;
        }
    }
}
