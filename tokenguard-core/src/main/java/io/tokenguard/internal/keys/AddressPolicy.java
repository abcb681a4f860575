package io.tokenguard.internal.keys;

import io.tokenguard.access.AddressRange;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which addresses keys and metadata may come from: https with a host and without user info, a zone, a dot at the end or the
 * port of another protocol, or plain http on this machine. Looks up no name.
 *
 * @param allowsInsecureHttp whether plain http is allowed to all other machines
 * @param httpRanges addresses to which plain http is allowed
 */
public record AddressPolicy(boolean allowsInsecureHttp, List<AddressRange> httpRanges) {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0{1,4}(:0{1,4}){6}:0{0,3}1)]");

    private static final int HIGHEST_PORT = 65_535;

    /** Ports of other protocols, on which no documents are served (Fetch Standard, port blocking). */
    private static final Set<Integer> OTHER_PROTOCOLS = Set.of(
            0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
            109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
            526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
            3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080);

    /** A policy without ranges for plain http. */
    public AddressPolicy(boolean allowsInsecureHttp) {
        this(allowsInsecureHttp, List.of());
    }

    /** The same with ranges for plain http. */
    public AddressPolicy withHttpFor(List<AddressRange> ranges) {
        return new AddressPolicy(allowsInsecureHttp, ranges);
    }

    /** Whether a port is that of another protocol, where no documents may be fetched from, except on this machine. */
    public static boolean isPortOfAnotherProtocol(URI address) {
        return OTHER_PROTOCOLS.contains(address.getPort());
    }

    /** Whether documents may be fetched from there. If {@link #isHttpByRange}, what the host stands for decides too. */
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
        boolean isScheme = isHttps(address) || (isHttp(address) && (allowsInsecureHttp || mayBeInRange(host)));
        return isScheme && !OTHER_PROTOCOLS.contains(address.getPort());
    }

    /** Whether only the ranges allow plain http to an address that is allowed. */
    boolean isHttpByRange(URI address) {
        return isHttp(address) && !allowsInsecureHttp && !isLoopback(address.getHost());
    }

    /** Names are looked up before each load; numeric addresses are known now. */
    private boolean mayBeInRange(String host) {
        boolean isNumeric = AddressRange.network(withoutBrackets(host)).isPresent();
        return isNumeric ? isInRange(withoutBrackets(host)) : !httpRanges.isEmpty();
    }

    boolean isInRange(String numeric) {
        return httpRanges.stream().anyMatch(range -> range.holds(numeric));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isHttps(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    private static boolean isHttp(URI address) {
        return "http".equalsIgnoreCase(address.getScheme());
    }

    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
