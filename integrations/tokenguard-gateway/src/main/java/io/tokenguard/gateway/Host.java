package io.tokenguard.gateway;

import io.tokenguard.access.AddressRange;

/**
 * The part of an address that one client has: a whole IPv4 address, 64 bits of an IPv6 address. All unknown addresses are one.
 *
 * @param length the number of bytes of an address; 0 if it is unknown
 * @param prefix the bits
 */
record Host(int length, long prefix) {
    private static final Host UNKNOWN = new Host(0, 0);
    private static final int VERSION_4 = 4;
    private static final int INTERFACE_BITS = 64;

    static Host of(String address) {
        return AddressRange.of(Network.plain(address)).map(Host::of).orElse(UNKNOWN);
    }

    private static Host of(AddressRange address) {
        return new Host(
                address.length(),
                address.length() == VERSION_4
                        ? address.prefix().longValue()
                        : address.prefix().shiftRight(INTERFACE_BITS).longValue());
    }
}
