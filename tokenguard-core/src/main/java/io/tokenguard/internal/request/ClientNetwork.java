package io.tokenguard.internal.request;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import java.util.List;
import java.util.Optional;

/**
 * Tells the network that a client is in: behind trusted proxies, that of the last address in {@code X-Forwarded-For} that is
 * none of theirs. What stands before it, anybody can have written.
 */
public final class ClientNetwork {
    private static final int MOST_HOPS = 16;

    private ClientNetwork() {}

    /** The first 24 bits of an IPv4 address, or 48 of an IPv6 address; empty where it is not known. */
    public static Optional<AddressRange> of(IncomingRequest request, List<AddressRange> proxies) {
        return AddressRange.network(address(request, proxies));
    }

    /** The address of the client; empty if it is not known. */
    public static String address(IncomingRequest request, List<AddressRange> proxies) {
        return isProxy(request.peerAddress(), proxies) ? behind(request, proxies) : request.clientAddress();
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
