package io.tokenguard.internal.keys;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Allowed addresses of keys and metadata: https with a host and without user info, a zone, a trailing dot or the port of
 * another protocol; or plain http on this machine. Resolves no name.
 *
 * @param allowsInsecureHttp whether plain http to other machines is allowed too
 */
public record AddressPolicy(boolean allowsInsecureHttp) {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0{1,4}(:0{1,4}){6}:0{0,3}1)]");

    private static final int HIGHEST_PORT = 65_535;

    /** Ports of other protocols, on which no documents are served (Fetch Standard, port blocking). */
    private static final Set<Integer> OTHER_PROTOCOLS = Set.of(
            0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
            109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
            526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
            3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080);

    /** Whether documents may be fetched from there. */
    public boolean allows(URI address) {
        String host = address.getHost();
        if (host == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            return false;
        }
        // An IPv6 zone and a trailing dot are other spellings of the same host (RFC 6874, RFC 3986 §3.2.2).
        if (host.indexOf('%') >= 0 || host.endsWith(".") || address.getPort() > HIGHEST_PORT) {
            return false;
        }
        if (isLoopback(host)) {
            return isHttp(address) || isHttps(address);
        }
        boolean isScheme = isHttps(address) || (allowsInsecureHttp && isHttp(address));
        return isScheme && !OTHER_PROTOCOLS.contains(address.getPort());
    }

    private static boolean isHttps(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    private static boolean isHttp(URI address) {
        return "http".equalsIgnoreCase(address.getScheme());
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
