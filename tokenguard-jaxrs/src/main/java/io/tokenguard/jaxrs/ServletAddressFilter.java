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

/** Notes the address and the certificates of the peer where there are servlets. */
@PreMatching
@Priority(Integer.MIN_VALUE)
final class ServletAddressFilter implements ContainerRequestFilter {
    private static final String PROPERTY = ServletAddressFilter.class.getName();
    private static final String CERTIFICATES = PROPERTY + ".certificates";
    private static final String SERVLET_CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    @Context
    private @Nullable HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, address());
        request.setProperty(CERTIFICATES, certificates());
    }

    static String addressOf(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof String address ? address : "";
    }

    /** What the peer has shown of itself and proven to hold, its own certificate first (Servlet 6.0 §3.10). */
    static List<X509Certificate> certificatesOf(ContainerRequestContext request) {
        return request.getProperty(CERTIFICATES) instanceof X509Certificate[] chain ? List.of(chain) : List.of();
    }

    private @Nullable Object certificates() {
        try {
            return servletRequest == null ? null : servletRequest.getAttribute(SERVLET_CERTIFICATES);
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
