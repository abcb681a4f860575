package io.tokenguard.internal.keys;

import io.tokenguard.access.AddressRange;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which hosts an issuer's metadata may lead to: its own, and public ones; internal ones only if the issuer's own host is
 * internal. Checked before each load, as the addresses of a name may change (DNS rebinding).
 *
 * @param addresses the allowed addresses, checked before any name is resolved
 * @param names resolves names
 * @param trustsIssuers whether the host of an issuer may be internal, because the configuration names it
 */
public record HostPolicy(AddressPolicy addresses, NameLookup names, boolean trustsIssuers) {
    /** A policy for issuers whose hosts the configuration names. */
    public HostPolicy(AddressPolicy addresses, NameLookup names) {
        this(addresses, names, true);
    }

    /** The same for issuers whose hosts tokens name: none of their addresses may be internal. */
    public HostPolicy ofNamedIssuers() {
        return new HostPolicy(addresses.withHttpFor(List.of()), names, false);
    }

    /** The same with ranges for plain http. */
    public HostPolicy withHttpFor(List<AddressRange> ranges) {
        return new HostPolicy(addresses.withHttpFor(ranges), names, trustsIssuers);
    }

    /** Resolves a name. May block. */
    @FunctionalInterface
    public interface NameLookup {
        /** All addresses of a host. */
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    /** Whether documents may be fetched from there. Resolves no name. */
    public boolean allows(URI address) {
        return addresses.allows(address);
    }

    /** Whether an address has the host of the issuer that named it. */
    public static boolean isOwnHost(URI issuer, URI address) {
        return issuer.getHost().equalsIgnoreCase(address.getHost());
    }

    /** Whether a name has to be looked up, to know whether plain http is allowed to it. */
    boolean isHttpByRange(URI address) {
        return addresses.isHttpByRange(address);
    }

    /** Whether all addresses of a host are in the ranges for plain http. May block. */
    boolean isInHttpRange(URI address) {
        try {
            return Stream.of(names.addressesOf(address.getHost()))
                    .map(InetAddress::getHostAddress)
                    .allMatch(addresses::isInRange);
        } catch (UnknownHostException unresolved) {
            // The fetch will say so itself.
            return true;
        }
    }

    /** Whether no name needs to be resolved, because the address has the host of a configured issuer. */
    boolean isTrusted(URI issuer, URI address) {
        return trustsIssuers && isOwnHost(issuer, address);
    }

    /** Whether an issuer leads to an internal address, which no outsider may make this API call. May block. */
    boolean leadsInside(URI issuer, URI address) {
        try {
            return hasInner(address.getHost()) && !(trustsIssuers && hasInner(issuer.getHost()));
        } catch (UnknownHostException unresolved) {
            // The fetch will fail by itself.
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
