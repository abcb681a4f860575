package io.tokenguard.internal.keys;

import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How one issuer is reached. Every fetch for it uses this value: keys, metadata, introspection and status lists.
 *
 * @param tls keys and trusted authorities; empty for those of the platform
 * @param proxy the proxy; empty for that of the process
 * @param bearerTokenFile the file with a bearer token for documents; empty if they need none
 * @param headers further header fields of each request
 * @param set what is set, for advice
 */
public record Reach(
        Optional<SSLContext> tls,
        Optional<ProxySelector> proxy,
        Optional<Path> bearerTokenFile,
        Map<String, String> headers,
        ReachSettings set) {
    /** As the platform connects. */
    public static final Reach USUAL =
            new Reach(Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), ReachSettings.NONE);

    /** Whether documents at an address can be asked for: no bearer token leaves this machine over plain http. */
    boolean isSafeAt(URI address) {
        return bearerTokenFile.isEmpty()
                || "https".equalsIgnoreCase(address.getScheme())
                || AddressPolicy.isLoopback(address.getHost());
    }

    /** The same without credentials, for hosts that the configuration does not name. */
    Reach withoutCredentials() {
        String headerSetting = headers.isEmpty() ? set.withheld() : set.key("jwks.headers");
        String withheld = bearerTokenFile.isPresent() ? set.key("jwks.bearer-token-file") : headerSetting;
        return new Reach(tls, proxy, Optional.empty(), Map.of(), set.withholding(withheld));
    }

    /** Shows nothing: header fields may hold secrets. */
    @Override
    public String toString() {
        return "Reach[not shown]";
    }
}
