package io.tokenguard.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address of the connection's peer. {@code getRemoteAddr()} may be an address that a client wrote into {@code
 * X-Forwarded-For} or {@code Forwarded}: frameworks replace it in a wrapper, Jetty's ForwardedRequestCustomizer, Tomcat's
 * RemoteIpValve and Undertow's ProxyPeerAddressHandler in the request itself.
 */
final class PeerAddress {
    private PeerAddress() {}

    /** The address; null or empty if unknown. Tomcat exposes none after its valve has replaced it. */
    static @Nullable String of(HttpServletRequest request) {
        ServletRequest own = TransportSecurity.containersOwn(request);
        if (TransportSecurity.isForwardedByTomcat(request)) {
            return "";
        }
        if (UndertowConnection.isOf(own)) {
            return UndertowConnection.peerAddress(own);
        }
        return JettyConnection.isOf(own) ? JettyConnection.peerAddress(own) : own.getRemoteAddr();
    }
}
