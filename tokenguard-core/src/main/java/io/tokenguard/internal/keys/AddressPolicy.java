package io.tokenguard.internal.keys;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which addresses keys and metadata may come from: https with a host and without a user part, or plain http on this
 * machine. No name is looked up to tell.
 *
 * @param allowsInsecureHttp whether plain http is allowed to other machines too
 */
public record AddressPolicy(boolean allowsInsecureHttp) {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0{1,4}(:0{1,4}){6}:0{0,3}1)]");

    /** Whether documents may be fetched from there. */
    public boolean allows(URI address) {
        String host = address.getHost();
        if (host == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            return false;
        }
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        return scheme.equals("https") || (scheme.equals("http") && (allowsInsecureHttp || isLoopback(host)));
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
