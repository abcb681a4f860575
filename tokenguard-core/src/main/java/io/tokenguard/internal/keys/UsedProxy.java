package io.tokenguard.internal.keys;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * The proxy on the way to an address.
 *
 * @param hostAndPort its address
 * @param source what names it: a setting, an environment variable or a system property
 */
record UsedProxy(String hostAndPort, String source) {
    /** The proxy that is selected for an address; empty if it is reached directly. */
    static Optional<UsedProxy> of(ProxySelector selector, URI address, String setting) {
        return selector.select(address).stream()
                .map(Proxy::address)
                .filter(Objects::nonNull)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .map(proxy -> new UsedProxy(
                        proxy.getHostString() + ":" + proxy.getPort(),
                        selector instanceof ProcessProxies process ? process.sourceFor(address) : setting))
                .findFirst();
    }

    @Override
    public String toString() {
        return hostAndPort + " (" + source + ")";
    }
}
