package io.tokenguard.internal.request;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import java.util.List;
import java.util.Optional;

/** Finds the network of a client. Behind declared proxies, it is that of the address that the outermost of them saw. */
public final class ClientNetwork {
    private ClientNetwork() {}

    /** The first 24 bits of an IPv4 address, or 48 of an IPv6 address; empty if it is unknown. */
    public static Optional<AddressRange> of(IncomingRequest request, List<AddressRange> proxies) {
        return AddressRange.network(address(request, proxies));
    }

    /**
     * The address to count a client by: behind declared proxies the one that the outermost of them saw, otherwise that of the
     * peer. Empty if it is unknown. What a container or a framework read in forwarding fields is ignored: clients can forge it.
     */
    public static String address(IncomingRequest request, List<AddressRange> proxies) {
        boolean isProxied = ForwardedChain.isDeclared(request.peerAddress(), proxies);
        return isProxied ? ForwardedChain.of(request.headers(), proxies).client() : request.peerAddress();
    }

    /** The address to show: like {@link #address}, but without declared proxies the one that the container reports. */
    public static String reportedAddress(IncomingRequest request, List<AddressRange> proxies) {
        boolean isProxied = ForwardedChain.isDeclared(request.peerAddress(), proxies);
        return isProxied ? address(request, proxies) : request.clientAddress();
    }

    /**
     * The address of the client, if nobody can have forged it: that of the peer, or behind declared proxies the one that the
     * outermost of them saw. Empty if the request came through a proxy that is not declared, as the peer's address is then
     * that of the proxy, and if the adapter named none.
     */
    public static String certainAddress(IncomingRequest request, List<AddressRange> proxies) {
        String peer = request.peerAddress();
        if (ForwardedChain.isDeclared(peer, proxies)) {
            return ForwardedChain.of(request.headers(), proxies).client();
        }
        return isForwarded(request) ? "" : peer;
    }

    /** Why there is no certain address, and what to do. */
    public static String uncertainty(IncomingRequest request, List<AddressRange> proxies) {
        String peer = request.peerAddress();
        if (ForwardedChain.isDeclared(peer, proxies)) {
            return "the peer is a trusted proxy that named no client address: let it add X-Forwarded-For";
        }
        return peer.isEmpty() && !isForwarded(request)
                ? "the adapter named no client address: let it call IncomingRequest.Builder.clientAddress"
                : "the peer is no trusted proxy, and the request came through a proxy: set tokenguard.trusted-proxies";
    }

    private static boolean isForwarded(IncomingRequest request) {
        return !request.clientAddress().equals(request.peerAddress())
                || !request.headers().valuesOf("X-Forwarded-For").isEmpty()
                || !request.headers().valuesOf("Forwarded").isEmpty();
    }
}
