package io.tokenguard.servlet;

import jakarta.servlet.ServletRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a connection from Undertow by reflection on public methods: Undertow is needed neither to compile nor to run. */
final class UndertowConnection {
    /** Whether exchanges of a class have a connection. Cached for as long as the class is loaded. */
    private static final ClassValue<Boolean> WITH_CONNECTION = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return Arrays.stream(type.getMethods())
                    .anyMatch(method -> method.getName().equals("getConnection"));
        }
    };

    private UndertowConnection() {}

    /** Whether a request is one of Undertow's own. */
    static boolean isOf(ServletRequest own) {
        return own.getClass().getName().startsWith("io.undertow.servlet.");
    }

    /**
     * The peer's address; empty if unknown. ProxyPeerAddressHandler and ForwardedHandler replace the source address of the
     * exchange, and not that of the connection. Quarkus's fork has no connection; its own address is that of Vert.x.
     */
    static @Nullable String peerAddress(ServletRequest own) {
        try {
            @Nullable Object exchange = Reflected.call(own, "getExchange");
            return exchange != null && WITH_CONNECTION.get(exchange.getClass())
                    ? JettyConnection.numeric(
                            Reflected.call(Reflected.call(exchange, "getConnection"), "getPeerAddress"))
                    : own.getRemoteAddr();
        } catch (ReflectiveOperationException unknown) {
            return "";
        }
    }
}
