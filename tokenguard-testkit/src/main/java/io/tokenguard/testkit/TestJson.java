package io.tokenguard.testkit;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON (RFC 8259), in the order of the map and without white space. */
@SuppressWarnings("exports") // users need no nullness annotations to compile
public final class TestJson {
    private final StringBuilder text = new StringBuilder();

    private TestJson() {}

    /**
     * Writes an object.
     *
     * @param members values may be null, {@link String}, {@link Boolean}, a finite {@link Number}, an {@link Iterable},
     *     an array of objects or another map, to any depth; the iteration order of the map is kept
     * @return JSON text
     * @throws IllegalArgumentException if a value is of another type, NaN or infinite, or a nested name is not a string
     */
    public static String write(Map<String, ? extends @Nullable Object> members) {
        TestJson json = new TestJson();
        json.object(members);
        return json.text.toString();
    }

    private void value(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Iterable<?> items) {
            array(items);
        } else if (value instanceof Object[] items) {
            array(Arrays.asList(items));
        } else {
            throw new IllegalArgumentException("JSON has no form for " + value.getClass());
        }
    }

    private void object(Map<?, ?> members) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> member : members.entrySet()) {
            text.append(separator);
            name(member.getKey());
            value(member.getValue());
            separator = ",";
        }
        text.append('}');
    }

    private void name(@Nullable Object name) {
        if (!(name instanceof String string)) {
            throw new IllegalArgumentException("A name in a JSON object must be a string");
        }
        string(string);
        text.append(':');
    }

    private void array(Iterable<?> items) {
        text.append('[');
        for (Iterator<?> rest = items.iterator(); rest.hasNext(); ) {
            value(rest.next());
            text.append(rest.hasNext() ? "," : "");
        }
        text.append(']');
    }

    private void number(Number number) {
        if (!Double.isFinite(number.doubleValue()) && (number instanceof Double || number instanceof Float)) {
            throw new IllegalArgumentException("JSON has no form for " + number);
        }
        text.append(number);
    }

    private void string(String string) {
        text.append('"');
        string.chars().forEach(c -> character((char) c));
        text.append('"');
    }

    /** Surrogates are escaped, so that also half a pair leaves as it was given. */
    private void character(char c) {
        if (c == '"' || c == '\\') {
            text.append('\\').append(c);
        } else if (c < ' ' || Character.isSurrogate(c)) {
            text.append(String.format("\\u%04x", (int) c));
        } else {
            text.append(c);
        }
    }
}
