package io.tokenguard.console;

import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes JSON (RFC 8259) in ASCII. */
final class JsonText {
    private JsonText() {}

    /**
     * A value as JSON.
     *
     * @param value null, text, number, boolean, an array of int, or a map, collection or {@link Optional} of them; anything
     *     else as text
     */
    static String of(@Nullable Object value) {
        StringBuilder json = new StringBuilder();
        write(json, value);
        return json.toString();
    }

    private static void write(StringBuilder json, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            members(json, map);
        } else if (value instanceof Collection<?> items) {
            items(json, items);
        } else if (value instanceof int[] numbers) {
            numbers(json, numbers);
        } else if (value instanceof Optional<?> optional) {
            write(json, optional.orElse(null));
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            json.append(value);
        } else {
            text(json, value.toString());
        }
    }

    private static void members(StringBuilder json, Map<?, ?> map) {
        char separator = '{';
        for (Map.Entry<?, ?> member : map.entrySet()) {
            json.append(separator);
            text(json, String.valueOf(member.getKey()));
            json.append(':');
            write(json, member.getValue());
            separator = ',';
        }
        json.append(map.isEmpty() ? "{}" : "}");
    }

    private static void items(StringBuilder json, Collection<?> items) {
        char separator = '[';
        for (Object item : items) {
            json.append(separator);
            write(json, item);
            separator = ',';
        }
        json.append(items.isEmpty() ? "[]" : "]");
    }

    private static void numbers(StringBuilder json, int[] numbers) {
        json.append('[');
        for (int i = 0; i < numbers.length; i++) {
            json.append(i == 0 ? "" : ",").append(numbers[i]);
        }
        json.append(']');
    }

    /** Escapes {@code <} too, so that no browser takes an answer for a page. */
    private static void text(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<') {
                json.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
