package io.tokenguard.internal.keys;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Recognizes addresses that are not public (RFC 6890, RFC 4193), which no outsider may make this API call. */
final class InnerAddress {
    private InnerAddress() {}

    static boolean isInner(InetAddress address) {
        boolean isMarked = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        byte[] bytes = address.getAddress();
        return isMarked || (address instanceof Inet4Address ? isInner4(bytes) : isInner6(bytes));
    }

    /** 0/8, 100.64/10, 192.0.0/24, 198.18/15, 240/4. */
    private static boolean isInner4(byte[] bytes) {
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        return first == 0
                || (first == 100 && (second & 0xC0) == 64)
                || (first == 192 && second == 0 && bytes[2] == 0)
                || (first == 198 && (second & 0xFE) == 18)
                || first >= 240;
    }

    /** fc00::/7, and ranges that embed IPv4 addresses: ::/96, 64:ff9b::/96, 2001::/32 and 2002::/16. */
    private static boolean isInner6(byte[] bytes) {
        boolean isTranslated =
                bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xFF) == 0xFF && (bytes[3] & 0xFF) == 0x9B;
        boolean isTunnelled =
                bytes[0] == 0x20 && (bytes[1] == 0x02 || (bytes[1] == 1 && bytes[2] == 0 && bytes[3] == 0));
        return (bytes[0] & 0xFE) == 0xFC || isTranslated || isTunnelled || isCompatible(bytes);
    }

    private static boolean isCompatible(byte[] bytes) {
        for (int i = 0; i < 12; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
