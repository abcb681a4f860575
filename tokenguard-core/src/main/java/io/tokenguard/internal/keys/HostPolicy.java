package io.tokenguard.internal.keys;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Which hosts an issuer's metadata may lead to: its own, and those of the open Internet; other inner ones only where the
 * issuer is an inner one itself. Asked before each load, for what a name stands for may change (DNS rebinding).
 *
 * @param addresses which addresses are allowed before any name is looked up
 * @param names looks names up
 */
public record HostPolicy(AddressPolicy addresses, NameLookup names) {
    /** Looks a name up. May block. */
    @FunctionalInterface
    public interface NameLookup {
        /** All addresses of a host. */
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    /** Whether documents may be fetched from there; looks up no name. */
    public boolean allows(URI address) {
        return addresses.allows(address);
    }

    /** Whether an address has the host of the issuer that named it. */
    public static boolean isOwnHost(URI issuer, URI address) {
        return issuer.getHost().equalsIgnoreCase(address.getHost());
    }

    /** Whether an issuer leads to where nobody outside should make us ask. May block. */
    boolean leadsInside(URI issuer, URI address) {
        try {
            return hasInner(address.getHost()) && !hasInner(issuer.getHost());
        } catch (UnknownHostException unresolved) {
            // The fetch will say so itself.
            return false;
        }
    }

    private boolean hasInner(String host) throws UnknownHostException {
        for (InetAddress address : names.addressesOf(host)) {
            if (InnerAddress.isInner(address)) {
                return true;
            }
        }
        return false;
    }
}
