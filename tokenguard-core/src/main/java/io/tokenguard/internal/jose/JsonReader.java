package io.tokenguard.internal.jose;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A strict reader of one JSON object (RFC 8259), with limits on everything. Names are unique at every depth, only white space
 * may precede or follow the object, and no extension is supported.
 *
 * <p>Text becomes {@link String}, a whole number that fits {@link Long}, any other number {@link java.math.BigDecimal}, null
 * null; a number of more than 20 digits or with an exponent beyond ±308 the nearest finite {@link Double}. Objects and arrays
 * become immutable maps and lists.
 */
public final class JsonReader {
    /** For values that were checked before. */
    private static final JsonLimits NONE = new JsonLimits(
            Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private final byte[] json;
    private final JsonLimits limits;
    private final JsonTextReader texts;
    private final JsonNumberReader numbers;
    private int at;
    private int depth;

    private JsonReader(byte[] json, int start, JsonLimits limits) {
        this.json = json;
        this.at = start;
        this.limits = limits;
        this.texts = new JsonTextReader(json, limits.characters());
        this.numbers = new JsonNumberReader(json, limits.digits());
    }

    /**
     * Reads an object.
     *
     * @param json the UTF-8 bytes of the object, without a byte order mark
     * @param limits the limits
     * @return its members in their order; deeply immutable
     * @throws MalformedException if it is not exactly one JSON object within the limits
     */
    public static Map<String, @Nullable Object> readObject(byte[] json, JsonLimits limits) throws MalformedException {
        JsonReader reader = new JsonReader(json, 0, limits);
        reader.requireObject();
        Map<String, @Nullable Object> object = reader.readMembers();
        reader.requireEnd();
        return object;
    }

    /**
     * Checks an object as strictly as {@link #readObject}, and reads its members on demand.
     *
     * @param json the UTF-8 bytes of the object; kept without a copy, and not to be changed
     * @param limits the limits
     * @param known lists of names that other objects have had
     * @return an object that is equal to the result of {@link #readObject}
     * @throws MalformedException if it is not exactly one JSON object within the limits
     */
    public static JsonObject readOnDemand(byte[] json, JsonLimits limits, NameLists known) throws MalformedException {
        JsonReader reader = new JsonReader(json, 0, limits);
        reader.requireObject();
        MemberStarts members = reader.skipMembers();
        reader.requireEnd();
        return members.object(json, known);
    }

    /** Reads a value that was checked before, and begins at an index. The usual kinds need no reader of objects. */
    static @Nullable Object readChecked(byte[] json, int start) {
        byte first = json[start];
        try {
            if (first == '"') {
                return new JsonTextReader(json, NONE.characters()).read(start + 1);
            }
            if (first == '-' || (first >= '0' && first <= '9')) {
                return new JsonNumberReader(json, NONE.digits()).read(start);
            }
            return new JsonReader(json, start, NONE).readValue();
        } catch (MalformedException impossible) {
            throw new IllegalStateException("a JSON value that was checked", impossible);
        }
    }

    private void requireObject() throws MalformedException {
        skipSpace();
        if (peek() != '{') {
            throw MalformedException.syntax("JSON object expected");
        }
    }

    private void requireEnd() throws MalformedException {
        skipSpace();
        if (at < json.length) {
            throw MalformedException.syntax("JSON text after the object");
        }
    }

    private @Nullable Object readValue() throws MalformedException {
        return switch (peek()) {
            case '{' -> readMembers();
            case '[' -> readItems();
            case '"' -> readText();
            case 't' -> readWord("true", true);
            case 'f' -> readWord("false", false);
            case 'n' -> readWord("null", null);
            default -> readNumber();
        };
    }

    /** Checks a value; keeps nothing of it. */
    private void skipValue() throws MalformedException {
        switch (peek()) {
            case '"' -> {
                texts.skip(at + 1);
                at = texts.end();
            }
            case '[' -> skipItems();
            case '{', 't', 'f', 'n' -> {
                Object unused = readValue();
            }
            default -> {
                numbers.skip(at);
                at = numbers.end();
            }
        }
    }

    private Map<String, @Nullable Object> readMembers() throws MalformedException {
        enter();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (!isClosedBy('}')) {
            do {
                String name = readName(members.size());
                if (members.containsKey(name)) {
                    throw MalformedException.syntax("JSON name twice");
                }
                members.put(name, readValue());
            } while (isFollowedByAnother('}'));
        }
        depth--;
        return Collections.unmodifiableMap(members);
    }

    private MemberStarts skipMembers() throws MalformedException {
        enter();
        MemberStarts members = new MemberStarts();
        if (!isClosedBy('}')) {
            do {
                String name = readName(members.size());
                members.add(name, at);
                skipValue();
            } while (isFollowedByAnother('}'));
        }
        depth--;
        return members;
    }

    /** Reads up to the value of a member. */
    private String readName(int members) throws MalformedException {
        skipSpace();
        if (peek() != '"') {
            throw MalformedException.syntax("JSON name expected");
        }
        String name = texts.readName(at + 1);
        at = texts.end();
        skipSpace();
        expect(':');
        skipSpace();
        if (members == limits.members()) {
            throw MalformedException.limit("JSON members");
        }
        return name;
    }

    private List<@Nullable Object> readItems() throws MalformedException {
        enter();
        List<@Nullable Object> items = new ArrayList<>();
        if (!isClosedBy(']')) {
            do {
                requireRoom(items.size());
                items.add(readValue());
            } while (isFollowedByAnother(']'));
        }
        depth--;
        return Collections.unmodifiableList(items);
    }

    private void skipItems() throws MalformedException {
        enter();
        int items = 0;
        if (!isClosedBy(']')) {
            do {
                requireRoom(items++);
                skipValue();
            } while (isFollowedByAnother(']'));
        }
        depth--;
    }

    private void requireRoom(int items) throws MalformedException {
        skipSpace();
        if (items == limits.items()) {
            throw MalformedException.limit("JSON items");
        }
    }

    private void enter() throws MalformedException {
        at++;
        depth++;
        if (depth > limits.depth()) {
            throw MalformedException.limit("JSON depth");
        }
    }

    private boolean isClosedBy(char end) {
        skipSpace();
        if (peek() != end) {
            return false;
        }
        at++;
        return true;
    }

    private boolean isFollowedByAnother(char end) throws MalformedException {
        skipSpace();
        if (peek() == ',') {
            at++;
            return true;
        }
        expect(end);
        return false;
    }

    private String readText() throws MalformedException {
        String text = texts.read(at + 1);
        at = texts.end();
        return text;
    }

    private @Nullable Object readWord(String word, @Nullable Object value) throws MalformedException {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        return value;
    }

    private Object readNumber() throws MalformedException {
        Object number = numbers.read(at);
        at = numbers.end();
        return number;
    }

    private void expect(char c) throws MalformedException {
        if (peek() != c) {
            throw MalformedException.syntax("JSON syntax");
        }
        at++;
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
    }

    private int peek() {
        return at < json.length ? json[at] : -1;
    }
}
