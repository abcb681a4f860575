package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses ambiguous paths, which two readers could take for two resources (Servlet 6.0 §3.5.2). The decision is made for the
 * path that the container serves; a path that could be served as another one is refused.
 */
public final class RequestPath {
    private static final boolean[] PLAIN = AsciiTable.alphanumericAnd("/-._~");

    private RequestPath() {}

    /**
     * Requires the request to have an unambiguous path and an acceptable method.
     *
     * @throws RefusedException if its path is ambiguous or malformed, or its method is TRACE
     */
    public static void requireServable(IncomingRequest request) throws RefusedException {
        if (request.method().equals("TRACE")) {
            throw new RefusedException(RefusalReason.METHOD_REJECTED);
        }
        String written = request.writtenPath();
        if (isPlain(written) && written.equals(request.path())) {
            return;
        }
        requireUnambiguous(written);
        // A container can be made to serve another path than the client's, and need not have normalized it.
        if (!request.path().startsWith("/")) {
            throw rejected("served path is not a path");
        }
        requireClearSegments(request.path());
    }

    /** Whether a path has no ambiguity by its characters: segments of plain characters, none of which begins with a dot. */
    private static boolean isPlain(String path) {
        char last = 'x';
        for (int at = 0; at < path.length(); at++) {
            char c = path.charAt(at);
            boolean beginsSegment = last == '/';
            if (!AsciiTable.has(PLAIN, c) || (beginsSegment && (c == '/' || c == '.'))) {
                return false;
            }
            last = c;
        }
        return path.startsWith("/");
    }

    /**
     * Requires an unambiguous path (no dot segments, encoded slashes or path parameters).
     *
     * @param written the path as the client sent it, encoded and without a query
     * @throws RefusedException if it is ambiguous or malformed
     */
    static void requireUnambiguous(String written) throws RefusedException {
        if (!written.startsWith("/")) {
            throw rejected("not a path");
        }
        byte[] decoded = decode(written);
        requireUtf8(decoded);
        requireClearSegments(new String(decoded, StandardCharsets.ISO_8859_1));
    }

    private static byte[] decode(String written) throws RefusedException {
        ByteBuffer decoded = ByteBuffer.allocate(written.length());
        for (int at = 0; at < written.length(); at++) {
            char c = written.charAt(at);
            if (c == '%') {
                decoded.put(decodeEscape(written, at));
                at += 2;
            } else if (c <= ' ' || c > '~' || c == ';' || c == '\\' || c == '?' || c == '#') {
                throw rejected("reserved or unencoded character");
            } else {
                decoded.put((byte) c);
            }
        }
        byte[] bytes = new byte[decoded.position()];
        decoded.flip().get(bytes);
        return bytes;
    }

    private static byte decodeEscape(String written, int at) throws RefusedException {
        int value = at + 2 < written.length()
                ? hexDigit(written.charAt(at + 1)) << 4 | hexDigit(written.charAt(at + 2))
                : -1;
        // Not hexadecimal (negative), a control character, or structure once decoded.
        if (value < 0x20 || "/\\;%.?#".indexOf(value) >= 0) {
            throw rejected("percent-encoding");
        }
        return (byte) value;
    }

    private static int hexDigit(char c) {
        return c <= 'f' ? Character.digit(c, 16) : -1;
    }

    private static void requireUtf8(byte[] decoded) throws RefusedException {
        try {
            CharSequence text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded));
            if (InvisibleCharacters.areIn(text)) {
                throw rejected("invisible character");
            }
        } catch (CharacterCodingException notUtf8) {
            throw rejected("not UTF-8");
        }
    }

    private static void requireClearSegments(String path) throws RefusedException {
        String closed = path + "/";
        if (path.contains("//") || closed.contains("/./") || closed.contains("/../")) {
            throw rejected("empty or dot segment");
        }
    }

    private static RefusedException rejected(String rule) {
        return new RefusedException(RefusalReason.PATH_REJECTED, rule);
    }
}
