package io.tokenguard.internal.jose;

import java.math.BigDecimal;
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
 * <p>Text becomes {@link String}, a whole number that fits {@link Long}, any other number {@link BigDecimal}, null null; a
 * number of more than 20 digits or with an exponent beyond ±308 the nearest finite {@link Double}. Objects and arrays become
 * immutable maps and lists.
 */
public final class JsonReader {
    private static final int LONGEST_EXPONENT = 308;
    private static final int MOST_EXACT_DIGITS = 20;
    /** Any number with so many digits fits a long. */
    private static final int SURELY_LONG = 18;

    private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal GREATEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private final byte[] json;
    private final JsonLimits limits;
    private final JsonTextReader texts;
    private int at;
    private int depth;

    private JsonReader(byte[] json, JsonLimits limits) {
        this.json = json;
        this.limits = limits;
        this.texts = new JsonTextReader(json, limits.characters());
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
        JsonReader reader = new JsonReader(json, limits);
        reader.skipSpace();
        if (reader.peek() != '{') {
            throw MalformedException.syntax("JSON object expected");
        }
        Map<String, @Nullable Object> object = reader.readMembers();
        reader.skipSpace();
        if (reader.at < json.length) {
            throw MalformedException.syntax("JSON text after the object");
        }
        return object;
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

    private Map<String, @Nullable Object> readMembers() throws MalformedException {
        enter();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (!isClosedBy('}')) {
            do {
                readMember(members);
            } while (isFollowedByAnother('}'));
        }
        depth--;
        return Collections.unmodifiableMap(members);
    }

    private void readMember(Map<String, @Nullable Object> members) throws MalformedException {
        skipSpace();
        if (peek() != '"') {
            throw MalformedException.syntax("JSON name expected");
        }
        String name = readName();
        skipSpace();
        expect(':');
        skipSpace();
        if (members.size() == limits.members()) {
            throw MalformedException.limit("JSON members");
        }
        if (members.containsKey(name)) {
            throw MalformedException.syntax("JSON name twice");
        }
        members.put(name, readValue());
    }

    private List<@Nullable Object> readItems() throws MalformedException {
        enter();
        List<@Nullable Object> items = new ArrayList<>();
        if (!isClosedBy(']')) {
            do {
                skipSpace();
                if (items.size() == limits.items()) {
                    throw MalformedException.limit("JSON items");
                }
                items.add(readValue());
            } while (isFollowedByAnother(']'));
        }
        depth--;
        return Collections.unmodifiableList(items);
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

    private String readName() throws MalformedException {
        String name = texts.readName(at + 1);
        at = texts.end();
        return name;
    }

    private @Nullable Object readWord(String word, @Nullable Object value) throws MalformedException {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        return value;
    }

    private Object readNumber() throws MalformedException {
        int start = at;
        skip('-');
        boolean startsWithZero = peek() == '0';
        int digits = skipDigits();
        if (startsWithZero && digits > 1) {
            throw MalformedException.syntax("JSON number with a leading zero");
        }
        boolean isWhole = true;
        if (skip('.')) {
            isWhole = false;
            digits += skipDigits();
        }
        if (digits > limits.digits()) {
            throw MalformedException.limit("JSON digits");
        }
        boolean isExact = digits <= MOST_EXACT_DIGITS;
        if (skip('e') || skip('E')) {
            isWhole = false;
            isExact &= skipExponent() <= LONGEST_EXPONENT;
        }
        if (isWhole && digits <= SURELY_LONG) {
            return wholeNumber(start);
        }
        if (!isExact) {
            return approximate(start);
        }
        BigDecimal number = new BigDecimal(JsonTextReader.ascii(json, start, at));
        return isWhole && fitsLong(number) ? Long.valueOf(number.longValue()) : number;
    }

    /** Takes linear time; exact arithmetic on long numbers or large exponents would not. */
    private Double approximate(int start) {
        double value = Double.parseDouble(JsonTextReader.ascii(json, start, at));
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    private Long wholeNumber(int start) {
        boolean isNegative = json[start] == '-';
        long value = 0;
        for (int i = isNegative ? start + 1 : start; i < at; i++) {
            value = value * 10 + json[i] - '0';
        }
        return isNegative ? -value : value;
    }

    private static boolean fitsLong(BigDecimal number) {
        return number.compareTo(LEAST_LONG) >= 0 && number.compareTo(GREATEST_LONG) <= 0;
    }

    /** The absolute value of the exponent; one beyond the limit may be returned too small. */
    private int skipExponent() throws MalformedException {
        if (!skip('+')) {
            skip('-');
        }
        int start = at;
        int value = 0;
        skipDigits();
        for (int i = start; i < at && value <= LONGEST_EXPONENT; i++) {
            value = value * 10 + json[i] - '0';
        }
        return value;
    }

    private int skipDigits() throws MalformedException {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw MalformedException.syntax("JSON value expected");
        }
        return at - start;
    }

    private boolean skip(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char c) throws MalformedException {
        if (!skip(c)) {
            throw MalformedException.syntax("JSON syntax");
        }
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
