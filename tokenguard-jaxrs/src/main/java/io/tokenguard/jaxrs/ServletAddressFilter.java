package io.tokenguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes the address and the certificates of the peer, and whether it came over TLS, where there are servlets. */
@PreMatching
@Priority(Integer.MIN_VALUE)
final class ServletAddressFilter implements ContainerRequestFilter {
    private static final String PROPERTY = ServletAddressFilter.class.getName();
    private static final String CERTIFICATES = PROPERTY + ".certificates";
    private static final String TLS = PROPERTY + ".tls";

    /** Servlet 6.0 §3.10: containers set it for TLS. */
    private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";

    /** Tomcat's RemoteIpValve sets it on requests of proxies that are declared to it. */
    private static final String TOMCAT_FORWARDED = "org.apache.tomcat.request.forwarded";

    private static final String SERVLET_CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    @Context
    private @Nullable HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, address());
        request.setProperty(CERTIFICATES, attribute(SERVLET_CERTIFICATES));
        request.setProperty(TLS, isOfServlet() ? isTls() : null);
    }

    static String addressOf(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof String address ? address : "";
    }

    /** What the peer has shown of itself and proven to hold, its own certificate first (Servlet 6.0 §3.10). */
    static List<X509Certificate> certificatesOf(ContainerRequestContext request) {
        return request.getProperty(CERTIFICATES) instanceof X509Certificate[] chain ? List.of(chain) : List.of();
    }

    /**
     * Whether a container of servlets confirms that a request came over TLS. Clients write the scheme of their requests
     * themselves, and containers take it over (RFC 9112 §3.2.2, RFC 9113 §8.3.1). Without servlets nothing can confirm it.
     */
    static boolean confirmsTls(ContainerRequestContext request) {
        return !Boolean.FALSE.equals(request.getProperty(TLS));
    }

    private boolean isOfServlet() {
        try {
            return servletRequest != null && servletRequest.getProtocol() != null;
        } catch (RuntimeException noServlet) {
            return false;
        }
    }

    private boolean isTls() {
        return attribute(CIPHER_SUITE) != null || Boolean.TRUE.equals(attribute(TOMCAT_FORWARDED));
    }

    private @Nullable Object attribute(String name) {
        try {
            return servletRequest == null ? null : servletRequest.getAttribute(name);
        } catch (RuntimeException noServlet) {
            return null;
        }
    }

    /** Jetty writes addresses of IPv6 in brackets, as in a URI. Without a servlet, runtimes leave the field empty or throw. */
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
