package io.tokenguard.internal.request;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Host and port (RFC 3986 §3.2), without user info.
 *
 * @param host a name or an address, in lower case; an IPv6 address in brackets
 * @param port the port; empty if none is stated
 */
record Authority(String host, OptionalInt port) {
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_DIGITS = 5;
    private static final String BEYOND_LETTERS = "-._~";

    /**
     * Reads a host, optionally followed by a colon and a port; empty if it is malformed. A colon without digits counts as no
     * port.
     */
    static Optional<Authority> read(String text) {
        int end = hostEnd(text);
        boolean isHost = end > 0 && (end == text.length() || text.charAt(end) == ':');
        if (!isHost) {
            return Optional.empty();
        }
        String host = text.substring(0, end).toLowerCase(Locale.ROOT);
        if (end + 1 >= text.length()) {
            return Optional.of(new Authority(host, OptionalInt.empty()));
        }
        OptionalInt port = readPort(text.substring(end + 1));
        return port.isPresent() ? Optional.of(new Authority(host, port)) : Optional.empty();
    }

    /** A port; empty if it is malformed. */
    static OptionalInt readPort(String digits) {
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = isNumber ? Integer.parseInt(digits) : 0;
        return port > 0 && port <= HIGHEST_PORT ? OptionalInt.of(port) : OptionalInt.empty();
    }

    /** The end of the host; 0 if there is none. */
    private static int hostEnd(String text) {
        boolean isBracketed = text.startsWith("[");
        int at = isBracketed ? 1 : 0;
        while (at < text.length() && isHostCharacter(text.charAt(at), isBracketed)) {
            at++;
        }
        if (!isBracketed) {
            return at;
        }
        return at > 1 && at < text.length() && text.charAt(at) == ']' ? at + 1 : 0;
    }

    private static boolean isHostCharacter(char c, boolean isBracketed) {
        if (isBracketed) {
            return c == ':' || c == '.' || (c < 0x80 && Character.digit(c, 16) >= 0);
        }
        return c < 0x80 && (Character.isLetterOrDigit(c) || BEYOND_LETTERS.indexOf(c) >= 0);
    }

    /** The same host, with this port if it has none. */
    Authority withPort(OptionalInt more) {
        return port.isPresent() ? this : new Authority(host, more);
    }

    /** Host and port as text. */
    String text() {
        return port.isEmpty() ? host : host + ":" + port.getAsInt();
    }

    /** Host and port as text, without the default port (RFC 3986 §6.2.3). */
    String textWithout(int defaultPort) {
        return port.isEmpty() || port.getAsInt() == defaultPort ? host : text();
    }
}
