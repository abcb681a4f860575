package io.tokenguard.jaxrs;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address of the connection's peer in the container's own request. Runtimes inject a proxy of the request, and filters
 * may have wrapped it: the address of a wrapper can be one that the client wrote into a forwarding field.
 */
final class ContainerRequest {
    /** Containers whose own requests are known. A request of another class may be a wrapper. */
    private static final List<String> CONTAINERS =
            List.of("org.apache.catalina.connector.", "org.eclipse.jetty.", "io.undertow.servlet.");

    private static final String JETTY = "org.eclipse.jetty.";
    private static final String UNDERTOW = "io.undertow.servlet.";
    private static final String RESTEASY = "org.jboss.resteasy.";

    /** Whether exchanges of a class have a connection. Cached for as long as the class is loaded. */
    private static final ClassValue<Boolean> WITH_CONNECTION = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return Arrays.stream(type.getMethods())
                    .anyMatch(method -> method.getName().equals("getConnection"));
        }
    };

    private ContainerRequest() {}

    /** The numeric address of the connection's peer; empty if it is unknown. */
    static String peerAddress(HttpServletRequest injected) {
        try {
            @Nullable Object own = withoutWrappers(withoutProxy(injected));
            return own instanceof ServletRequest request
                            && isOfContainer(own)
                            && !isReplacedByJetty(own)
                            && !isReplacedByUndertow(own)
                    ? request.getRemoteAddr().replace("[", "").replace("]", "")
                    : "";
        } catch (ReflectiveOperationException | RuntimeException | LinkageError unknown) {
            return "";
        }
    }

    /** HK2 and RESTEasy inject proxies; those of others stay, and are of no container. */
    private static @Nullable Object withoutProxy(HttpServletRequest injected) throws ReflectiveOperationException {
        if (PublicMethods.hasSupertype(injected, "org.glassfish.hk2.api.ProxyCtl")) {
            return PublicMethods.call(injected, "__make");
        }
        if (Proxy.isProxyClass(injected.getClass())) {
            InvocationHandler handler = Proxy.getInvocationHandler(injected);
            return handler.getClass().getName().startsWith(RESTEASY)
                    ? PublicMethods.ofResteasyContext(handler, HttpServletRequest.class)
                    : null;
        }
        return injected;
    }

    private static @Nullable Object withoutWrappers(@Nullable Object request) {
        @Nullable Object inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }

    private static boolean isOfContainer(Object request) {
        String type = request.getClass().getName();
        return CONTAINERS.stream().anyMatch(type::startsWith);
    }

    /** Jetty's ForwardedRequestCustomizer wraps the connection to replace its addresses. */
    private static boolean isReplacedByJetty(Object request) throws ReflectiveOperationException {
        if (!request.getClass().getName().startsWith(JETTY)) {
            return false;
        }
        @Nullable Object inner = PublicMethods.call(request, "getRequest");
        @Nullable Object connection = inner == null ? null : PublicMethods.call(inner, "getConnectionMetaData");
        return connection == null
                || PublicMethods.hasSupertype(connection, "org.eclipse.jetty.server.ConnectionMetaData$Wrapper");
    }

    /** Undertow's ProxyPeerAddressHandler replaces the source address. Quarkus's fork has no connection to compare it with. */
    private static boolean isReplacedByUndertow(Object request) throws ReflectiveOperationException {
        @Nullable
        Object exchange =
                request.getClass().getName().startsWith(UNDERTOW) ? PublicMethods.call(request, "getExchange") : null;
        if (exchange == null || !WITH_CONNECTION.get(exchange.getClass())) {
            return false;
        }
        @Nullable Object connection = PublicMethods.call(exchange, "getConnection");
        @Nullable Object peer = connection == null ? null : PublicMethods.call(connection, "getPeerAddress");
        return peer == null || !peer.equals(PublicMethods.call(exchange, "getSourceAddress"));
    }
}
