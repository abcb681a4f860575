package io.tokenguard.internal.request;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest.HeaderFields;
import java.util.List;

/**
 * The declared proxies that a request came through, by the addresses in {@code X-Forwarded-For}: each proxy appends the
 * address of its own peer. Entries before the first address that is not declared may be the client's own.
 *
 * @param hops how many declared proxies added an entry to each forwarding field, the peer included; at least 1
 * @param client the address that the outermost declared proxy saw; empty if the field does not say
 */
record ForwardedChain(int hops, String client) {
    private static final int MOST_HOPS = 16;
    private static final String FIELD = "X-Forwarded-For";

    /** The chain behind a peer that is a declared proxy. */
    static ForwardedChain of(HeaderFields headers, List<AddressRange> proxies) {
        String addresses = String.join(",", headers.valuesOf(FIELD));
        int end = addresses.length();
        int hops = 1;
        while (hops <= MOST_HOPS && end > 0) {
            int comma = addresses.lastIndexOf(',', end - 1);
            String address = address(addresses.substring(comma + 1, end).strip());
            end = comma;
            if (!address.isEmpty() && !isDeclared(address, proxies)) {
                return new ForwardedChain(hops, address);
            }
            hops += address.isEmpty() ? 0 : 1;
        }
        return new ForwardedChain(hops, "");
    }

    static boolean isDeclared(String address, List<AddressRange> proxies) {
        return proxies.stream().anyMatch(range -> range.holds(address));
    }

    /** An address without the port and the brackets that some proxies write (RFC 7239 §6). */
    static String address(String node) {
        if (node.startsWith("[")) {
            int bracket = node.indexOf(']');
            return bracket < 0 ? node : node.substring(1, bracket);
        }
        int colon = node.indexOf(':');
        return colon > 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
    }
}
