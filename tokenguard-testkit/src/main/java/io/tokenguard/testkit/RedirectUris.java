package io.tokenguard.testkit;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Where codes may be sent. */
final class RedirectUris {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private RedirectUris() {}

    /** The server writes header fields byte by byte: other characters could end up as line breaks. */
    static boolean isAscii(String uri) {
        return uri.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    /** Exact comparison, apart from the port of a loopback address (RFC 9700 §4.1.3, RFC 8252 §7.3). */
    static boolean isRegistered(TestClient client, String uri) {
        return uri.indexOf('#') < 0
                && client.redirectUris().stream()
                        .anyMatch(registered -> registered.equals(uri) || differsInPortOnly(registered, uri));
    }

    private static boolean differsInPortOnly(String registered, String uri) {
        Optional<String> portless = parse(uri).flatMap(RedirectUris::withoutPort);
        return portless.isPresent()
                && parse(registered).flatMap(RedirectUris::withoutPort).equals(portless);
    }

    /** For clients that nobody has registered: an address of this machine. */
    static boolean isLocal(String uri) {
        return parse(uri)
                .filter(address -> address.getHost() != null
                        && (LOOPBACK.contains(address.getHost())
                                || address.getHost().equals("localhost"))
                        && SCHEMES.contains(address.getScheme())
                        && address.getRawUserInfo() == null
                        && address.getRawFragment() == null)
                .isPresent();
    }

    private static Optional<String> withoutPort(URI address) {
        return "http".equals(address.getScheme())
                        && address.getHost() != null
                        && LOOPBACK.contains(address.getHost())
                        && address.getRawUserInfo() == null
                ? Optional.of(address.getHost() + address.getRawPath() + "?" + address.getRawQuery())
                : Optional.empty();
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
