package io.tokenguard.gateway;

import io.tokenguard.access.AddressRange;

/**
 * The network of a client: 24 bits of an IPv4 address, 48 bits of an IPv6 address. All unknown addresses are one network.
 *
 * @param length the number of bytes of an address; 0 if it is unknown
 * @param prefix the bits
 */
record Network(int length, long prefix) {
    private static final Network UNKNOWN = new Network(0, 0);
    private static final int MOST_DIGITS = 3;

    static Network of(String address) {
        int version4 = version4(address);
        return version4 >= 0 ? new Network(4, version4) : parsed(plain(address));
    }

    /** Without the brackets and the zone that some servers write (RFC 4007 §11). */
    static String plain(String address) {
        String inner =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        int zone = inner.indexOf('%');
        return zone < 0 ? inner : inner.substring(0, zone);
    }

    private static Network parsed(String address) {
        return AddressRange.network(address)
                .map(range -> new Network(range.length(), range.prefix().longValue()))
                .orElse(UNKNOWN);
    }

    /** The first three numbers of a dotted address, without the detours of the general reader; -1 if it is none. */
    private static int version4(String address) {
        int prefix = 0;
        int start = 0;
        for (int part = 0; part < 4; part++) {
            int end = part == 3 ? address.length() : address.indexOf('.', start);
            int number = end < 0 ? -1 : number(address, start, end);
            if (number < 0) {
                return -1;
            }
            prefix = part == 3 ? prefix : (prefix << 8) | number;
            start = end + 1;
        }
        return prefix;
    }

    private static int number(String address, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            char digit = address.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        boolean isShort = end > start && end - start <= MOST_DIGITS;
        return isShort && number <= 255 ? number : -1;
    }

    /** Such as {@code 192.0.2.0/24} or {@code 2001:db8:0::/48}. */
    @Override
    public String toString() {
        if (length == 0) {
            return "unknown";
        }
        return length == 4
                ? (prefix >> 16) + "." + (prefix >> 8 & 0xff) + "." + (prefix & 0xff) + ".0/24"
                : Long.toHexString(prefix >> 32 & 0xffff) + ":" + Long.toHexString(prefix >> 16 & 0xffff) + ":"
                        + Long.toHexString(prefix & 0xffff) + "::/48";
    }
}
