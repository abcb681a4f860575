package io.undertow.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;

/** A request with the methods of Undertow 2.3 that are read, in a package of Undertow. */
public final class ExchangedRequest extends ServletRequestWrapper {
    private final Object exchange;

    /** A request whose address may have been replaced. */
    public ExchangedRequest(String address, Object exchange) {
        super((ServletRequest) Proxy.newProxyInstance(
                ServletRequest.class.getClassLoader(),
                new Class<?>[] {ServletRequest.class},
                (self, method, values) -> method.getName().equals("getRemoteAddr") ? address : null));
        this.exchange = exchange;
    }

    public Object getExchange() {
        return exchange;
    }

    /** An exchange of Undertow. */
    public record Exchange(Connection connection) {
        public Connection getConnection() {
            return connection;
        }
    }

    /** The connection of an exchange. */
    public record Connection(InetSocketAddress peer) {
        public InetSocketAddress getPeerAddress() {
            return peer;
        }
    }
}
