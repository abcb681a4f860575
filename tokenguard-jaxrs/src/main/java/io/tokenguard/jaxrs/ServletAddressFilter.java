package io.tokenguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;

/** Notes the address of the peer where there are servlets. */
@PreMatching
@Priority(Integer.MIN_VALUE)
final class ServletAddressFilter implements ContainerRequestFilter {
    private static final String PROPERTY = ServletAddressFilter.class.getName();

    @Context
    private @Nullable HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, address());
    }

    static String addressOf(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof String address ? address : "";
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
