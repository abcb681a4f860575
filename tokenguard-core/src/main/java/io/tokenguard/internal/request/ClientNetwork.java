package io.tokenguard.internal.request;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import java.util.List;
import java.util.Optional;

/**
 * Finds the network of a client: behind trusted proxies, that of the last address in {@code X-Forwarded-For} which is not a
 * proxy's. Any client can have written what precedes it.
 */
public final class ClientNetwork {
    private static final int MOST_HOPS = 16;

    private ClientNetwork() {}

    /** The first 24 bits of an IPv4 address, or 48 of an IPv6 address; empty if it is not known. */
    public static Optional<AddressRange> of(IncomingRequest request, List<AddressRange> proxies) {
        boolean isProxied = isProxy(request.peerAddress(), proxies);
        return AddressRange.network(isProxied ? behind(request, proxies) : request.clientAddress());
    }

    private static String behind(IncomingRequest request, List<AddressRange> proxies) {
        String hops = String.join(",", request.headers().valuesOf("X-Forwarded-For"));
        int end = hops.length();
        for (int hop = 0; hop < MOST_HOPS && end > 0; hop++) {
            int comma = hops.lastIndexOf(',', end - 1);
            String address = hops.substring(comma + 1, end).strip();
            if (!isProxy(address, proxies)) {
                return address;
            }
            end = comma;
        }
        return "";
    }

    private static boolean isProxy(String address, List<AddressRange> proxies) {
        return proxies.stream().anyMatch(range -> range.holds(address));
    }
}
