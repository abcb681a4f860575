package io.tokenguard.internal.jose;

import java.nio.charset.StandardCharsets;

/**
 * Reads JSON strings from UTF-8 bytes. Rejects malformed UTF-8 and lone surrogates instead of replacing them: two different
 * subjects must not become the same one (RFC 8259 §8.1, §8.2).
 */
final class JsonTextReader {
    private final byte[] json;
    private final int longest;
    private int at;

    JsonTextReader(byte[] json, int longest) {
        this.json = json;
        this.longest = longest;
    }

    /** The position after the closing quote of the last text. */
    int end() {
        return at;
    }

    static String ascii(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Reads the text whose first byte after the opening quote is at {@code start}. */
    String read(int start) throws MalformedException {
        return isPlainFrom(start) ? ascii(json, start, at++) : readFrom(new StringBuilder(ascii(json, start, at)));
    }

    /** Checks a text in the same way, and keeps nothing of it. */
    void skip(int start) throws MalformedException {
        if (isPlainFrom(start)) {
            at++;
        } else {
            String unused = readFrom(new StringBuilder(ascii(json, start, at)));
        }
    }

    /** Reads the name of a member in the same way. */
    String readName(int start) throws MalformedException {
        return isPlainFrom(start)
                ? JsonNames.of(json, start, at++)
                : readFrom(new StringBuilder(ascii(json, start, at)));
    }

    /** Whether the whole text is ASCII without escapes. Stops at its closing quote, or at the first other byte. */
    private boolean isPlainFrom(int start) throws MalformedException {
        at = start;
        while (at < json.length && isPlain(json[at])) {
            at++;
        }
        if (at == json.length || json[at] != '"') {
            return false;
        }
        checkLength(at - start);
        return true;
    }

    private static boolean isPlain(byte b) {
        return b >= 0x20 && b != '"' && b != '\\';
    }

    private String readFrom(StringBuilder text) throws MalformedException {
        while (true) {
            checkLength(text.length());
            int b = next();
            if (b == '"') {
                return checkSurrogates(text);
            } else if (b == '\\') {
                text.append(readEscape());
            } else if (b < 0x20) {
                throw MalformedException.syntax("JSON control character");
            } else {
                text.appendCodePoint(b < 0x80 ? b : readUtf8(b));
            }
        }
    }

    private void checkLength(int length) throws MalformedException {
        if (length > longest) {
            throw MalformedException.limit("JSON text length");
        }
    }

    private int next() throws MalformedException {
        if (at >= json.length) {
            throw MalformedException.syntax("JSON text without an end");
        }
        return json[at++] & 0xFF;
    }

    private char readEscape() throws MalformedException {
        return switch (next()) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> readHex();
            default -> throw MalformedException.syntax("JSON escape");
        };
    }

    private char readHex() throws MalformedException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            // No byte beyond ASCII is a digit in Latin 1.
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw MalformedException.syntax("JSON escape");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    /** RFC 3629 §3: shortest form only, no surrogates, nothing above U+10FFFF. */
    private int readUtf8(int first) throws MalformedException {
        int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
        if (first < 0xC2 || first > 0xF4) {
            throw MalformedException.syntax("UTF-8");
        }
        int codePoint = first & (0x3F >> more);
        for (int i = 0; i < more; i++) {
            int b = next();
            if ((b & 0xC0) != 0x80) {
                throw MalformedException.syntax("UTF-8");
            }
            codePoint = (codePoint << 6) | (b & 0x3F);
        }
        int smallest = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
        boolean isSurrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        if (codePoint < smallest || codePoint > Character.MAX_CODE_POINT || isSurrogate) {
            throw MalformedException.syntax("UTF-8");
        }
        return codePoint;
    }

    private static String checkSurrogates(CharSequence text) throws MalformedException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw MalformedException.syntax("JSON lone surrogate");
            }
        }
        return text.toString();
    }
}
