package io.tokenguard.console;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object (RFC 8259) whose members are texts, as acts have. Strict: no duplicate names, no other values.
 *
 * @param members the members
 */
record JsonObject(Map<String, String> members) {
    /**
     * Reads an object.
     *
     * @param known the names that it may have
     * @throws MalformedException if it is no such object
     */
    static JsonObject read(byte[] content, Set<String> known) throws MalformedException {
        Map<String, String> members = new Reader(decoded(content)).object();
        if (!known.containsAll(members.keySet())) {
            throw new MalformedException("the body has an unknown member; known are "
                    + known.stream().sorted().toList());
        }
        return new JsonObject(members);
    }

    private static String decoded(byte[] content) throws MalformedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new MalformedException("the body is not UTF-8");
        }
    }

    /** A member; empty if it is missing or an empty text. */
    Optional<String> find(String name) {
        return Optional.ofNullable(members.get(name)).filter(text -> !text.isEmpty());
    }

    /** A member that must not be empty. */
    String require(String name) throws MalformedException {
        return find(name).orElseThrow(() -> new MalformedException("'" + name + "' is missing"));
    }

    /** Shows nothing: a member may be a token. */
    @Override
    public String toString() {
        return "JsonObject[not shown]";
    }

    /** Reads from the start of a text to its end. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Map<String, String> object() throws MalformedException {
            Map<String, String> members = new HashMap<>();
            expect('{');
            if (next() != '}') {
                member(members);
                while (next() == ',') {
                    expect(',');
                    member(members);
                }
            }
            expect('}');
            char unused = next();
            if (at < text.length()) {
                throw malformed();
            }
            return members;
        }

        private void member(Map<String, String> members) throws MalformedException {
            String name = string();
            expect(':');
            if (members.put(name, string()) != null) {
                throw malformed();
            }
        }

        /** The next character that is no white space; zero at the end. */
        private char next() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }

        private void expect(char wanted) throws MalformedException {
            if (next() != wanted) {
                throw malformed();
            }
            at++;
        }

        private String string() throws MalformedException {
            expect('"');
            StringBuilder read = new StringBuilder();
            for (char c = character(); c != '"'; c = character()) {
                if (c < ' ') {
                    throw malformed();
                }
                read.append(c == '\\' ? escaped() : c);
            }
            return read.toString();
        }

        private char character() throws MalformedException {
            if (at >= text.length()) {
                throw malformed();
            }
            return text.charAt(at++);
        }

        private char escaped() throws MalformedException {
            char c = character();
            return switch (c) {
                case '"', '\\', '/' -> c;
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> unicode();
                default -> throw malformed();
            };
        }

        private char unicode() throws MalformedException {
            int value = 0;
            for (int i = 0; i < 4; i++) {
                int digit = Character.digit(character(), 16);
                if (digit < 0) {
                    throw malformed();
                }
                value = value * 16 + digit;
            }
            return (char) value;
        }

        private static MalformedException malformed() {
            return new MalformedException("the body is not a JSON object whose members are texts");
        }
    }
}
