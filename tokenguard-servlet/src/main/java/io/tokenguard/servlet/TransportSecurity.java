package io.tokenguard.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * Decides whether a request came over TLS. {@code isSecure()} alone is not enough: a client writes the scheme itself, in
 * {@code :scheme} (RFC 9113 §8.3.1) or in the absolute form of a target (RFC 9112 §3.2.2), and containers trust it. The scheme
 * is accepted only if there is TLS, or if something other than the client sets it: a filter, a proxy that is declared to the
 * container, or the configuration of a connector.
 */
final class TransportSecurity {
    /** Servlet 6.0 §3.10: containers set it for TLS; clients can't set it. */
    private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";

    /** Tomcat's RemoteIpValve sets it on requests of proxies that are declared to it. */
    private static final String TOMCAT_FORWARDED = "org.apache.tomcat.request.forwarded";

    private TransportSecurity() {}

    static boolean isSecure(HttpServletRequest request) {
        if (!request.isSecure()) {
            return false;
        }
        ServletRequest own = containersOwn(request);
        return request.getAttribute(CIPHER_SUITE) != null
                || !own.isSecure()
                || isForwardedByTomcat(request)
                || isOfTomcatsConnector(own)
                || (JettyConnection.isOf(own) && JettyConnection.isSecure(own));
    }

    /** Whether Tomcat has replaced address and scheme by those that a proxy forwarded. */
    static boolean isForwardedByTomcat(ServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(TOMCAT_FORWARDED));
    }

    /** The request without the wrappers of filters. */
    static ServletRequest containersOwn(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof HttpServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }

    /** Before HTTP/2, Tomcat takes the scheme from the connector's configuration. */
    private static boolean isOfTomcatsConnector(ServletRequest own) {
        return own.getClass().getName().startsWith("org.apache.catalina.connector.")
                && !"HTTP/2.0".equals(own.getProtocol());
    }
}
