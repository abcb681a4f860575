package io.tokenguard.internal.request;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Host and port (RFC 3986 §3.2), without a user part.
 *
 * @param host a name or an address, in lower case; one of IPv6 in brackets
 * @param port the port; empty where none is said
 */
record Authority(String host, OptionalInt port) {
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_DIGITS = 5;
    private static final String BEYOND_LETTERS = "-._~";

    /** Reads a host, and a port behind a colon; empty where it is anything else. A colon without a port says none. */
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

    /** A port; empty where it is none. */
    static OptionalInt readPort(String digits) {
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = isNumber ? Integer.parseInt(digits) : 0;
        return port > 0 && port <= HIGHEST_PORT ? OptionalInt.of(port) : OptionalInt.empty();
    }

    /** Where the host ends; 0 where there is none. */
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

    /** The same host, with this port where none is said. */
    Authority withPort(OptionalInt more) {
        return port.isPresent() ? this : new Authority(host, more);
    }

    /** Host and port as they are written. */
    String text() {
        return port.isEmpty() ? host : host + ":" + port.getAsInt();
    }

    /** Host and port, but for the port that need not be said (RFC 3986 §6.2.3). */
    String textWithout(int defaultPort) {
        return port.isEmpty() || port.getAsInt() == defaultPort ? host : text();
    }
}
