package io.tokenguard.internal.request;

import java.util.Locale;
import java.util.Optional;

/**
 * The target of a request without query and fragment, normalized so that equivalent addresses are equal (RFC 9449 §4.3, RFC
 * 3986 §6.2.2 and §6.2.3): scheme and host in lower case, no default port, no needless escapes, escapes in capitals, no dot
 * segments, and at least a slash as path.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority the host, and the port unless it is the scheme's default
 * @param path the path, escaped
 */
public record TargetUri(String scheme, String authority, String path) {
    private static final int LONGEST = 8_192;

    /**
     * Reads an address.
     *
     * @return empty if it is not http or https, has user info, is malformed, or is longer than 8 192 characters
     */
    public static Optional<TargetUri> parse(String text) {
        int colon = text.indexOf("://");
        if (text.length() > LONGEST || colon < 0) {
            return Optional.empty();
        }
        int end = firstOf("?#", text, colon + 3);
        int slash = Math.min(end, firstOf("/", text, colon + 3));
        return of(text.substring(0, colon), text.substring(colon + 3, slash), text.substring(slash, end));
    }

    /**
     * Builds an address from parts.
     *
     * @param scheme its scheme, in any case
     * @param authority host and port
     * @param path its path, escaped, without query
     * @return empty if a part is malformed
     */
    public static Optional<TargetUri> of(String scheme, String authority, String path) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        boolean isAbsolute = path.isEmpty() || path.charAt(0) == '/';
        if (!(lower.equals("http") || lower.equals("https")) || !isAbsolute) {
            return Optional.empty();
        }
        return Authority.read(authority)
                .flatMap(read -> PathForm.normalise(path)
                        .map(normal ->
                                new TargetUri(lower, read.textWithout(lower.equals("https") ? 443 : 80), normal)));
    }

    /** Its origin, as browsers write it (RFC 6454 §6.2). */
    String origin() {
        return scheme + "://" + authority;
    }

    /** Whether it is at a host, which has a port unless that is the default of the scheme. */
    boolean isAt(String host) {
        return of(scheme, host, path)
                .filter(other -> other.authority.equals(authority))
                .isPresent();
    }

    private static int firstOf(String characters, String text, int from) {
        int at = from;
        while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Contains scheme and authority only: a path may contain secrets. */
    @Override
    public String toString() {
        return origin();
    }
}
