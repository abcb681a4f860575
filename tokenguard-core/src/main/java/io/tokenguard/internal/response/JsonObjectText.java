package io.tokenguard.internal.response;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a JSON object (RFC 8259) in ASCII, member by member. Not thread-safe. */
final class JsonObjectText {
    private final StringBuilder members = new StringBuilder();

    /**
     * An object.
     *
     * @param members their values are texts, numbers, booleans, and collections and maps of them
     */
    static JsonObjectText of(Map<?, ?> members) {
        JsonObjectText json = new JsonObjectText();
        members.forEach((name, value) -> json.add(String.valueOf(name), json(value)));
        return json;
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> members) {
            return of(members).toString();
        } else if (value instanceof Collection<?> items) {
            return items.stream().map(JsonObjectText::json).collect(Collectors.joining(",", "[", "]"));
        }
        boolean isPlain = value instanceof Number || value instanceof Boolean;
        return isPlain ? value.toString() : quote(value.toString());
    }

    JsonObjectText member(String name, String value) {
        return add(name, quote(value));
    }

    /** Adds a flag if it is set. */
    JsonObjectText flag(String name, boolean isSet) {
        return isSet ? add(name, "true") : this;
    }

    /** Adds a list of texts unless it is empty. */
    JsonObjectText member(String name, List<String> values) {
        return values.isEmpty()
                ? this
                : add(name, values.stream().map(JsonObjectText::quote).collect(Collectors.joining(",", "[", "]")));
    }

    private JsonObjectText add(String name, String json) {
        members.append(members.isEmpty() ? "" : ",")
                .append(quote(name))
                .append(':')
                .append(json);
        return this;
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7E) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return "{" + members + "}";
    }
}
