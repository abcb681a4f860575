package io.tokenguard.servlet;

import jakarta.servlet.ServletRequest;
import java.net.InetSocketAddress;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Reads a connection from Jetty by reflection on public methods: Jetty is needed neither to compile nor to run. */
final class JettyConnection {
    private static final String WRAPPER = ".ConnectionMetaData$Wrapper";
    private static final String FORWARDING = ".ForwardedRequestCustomizer";

    private JettyConnection() {}

    /** Whether a request is one of Jetty's own. */
    static boolean isOf(ServletRequest own) {
        return own.getClass().getName().startsWith("org.eclipse.jetty.");
    }

    /** The peer's address; empty if unknown. A ForwardedRequestCustomizer wraps the connection to replace it. */
    static @Nullable String peerAddress(ServletRequest own) {
        try {
            Object connection = connection(own);
            if (connection == null || !Reflected.isA(connection.getClass(), WRAPPER)) {
                return connection == null ? "" : own.getRemoteAddr();
            }
            while (connection != null && Reflected.isA(connection.getClass(), WRAPPER)) {
                connection = Reflected.call(connection, "getWrapped");
            }
            return numeric(Reflected.call(connection, "getRemoteSocketAddress"));
        } catch (ReflectiveOperationException unknown) {
            return "";
        }
    }

    static String numeric(@Nullable Object address) {
        return address instanceof InetSocketAddress peer && peer.getAddress() != null
                ? peer.getAddress().getHostAddress()
                : "";
    }

    /** Whether it has TLS, or its connector trusts proxies. Without a SecureRequestCustomizer, Jetty sets no attributes. */
    static boolean isSecure(ServletRequest own) {
        try {
            Object connection = connection(own);
            return Boolean.TRUE.equals(Reflected.call(connection, "isSecure")) || trustsProxies(connection);
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }

    private static boolean trustsProxies(@Nullable Object connection) throws ReflectiveOperationException {
        return Reflected.call(Reflected.call(connection, "getHttpConfiguration"), "getCustomizers")
                        instanceof Collection<?> customizers
                && customizers.stream().anyMatch(one -> Reflected.isA(one.getClass(), FORWARDING));
    }

    private static @Nullable Object connection(ServletRequest own) throws ReflectiveOperationException {
        return Reflected.call(Reflected.call(own, "getRequest"), "getConnectionMetaData");
    }
}
