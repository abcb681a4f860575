package io.tokenguard.internal.properties;

import io.tokenguard.access.ConfigurationException;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** Reads a properties file as {@link Properties} does, and rejects keys that occur twice. Not thread-safe. */
final class PropertyLines {
    private static final Pattern COMMENT = Pattern.compile("[ \\t\\f]*[#!].*");

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private int line;

    private PropertyLines() {}

    /**
     * Reads a file.
     *
     * @param text the content of the file
     * @throws ConfigurationException if a key of this library occurs twice; the message names the key and both lines
     * @throws IOException if a Unicode escape is malformed
     */
    static Map<String, String> read(String text) throws IOException {
        PropertyLines read = new PropertyLines();
        Iterator<String> rest = text.lines().iterator();
        while (rest.hasNext()) {
            read.add(rest);
        }
        return read.properties;
    }

    /** Adds the next logical line: a backslash at the end of a line continues it, unless it is a comment. */
    private void add(Iterator<String> rest) throws IOException {
        String next = rest.next();
        int first = ++line;
        StringBuilder logical = new StringBuilder(next);
        while (rest.hasNext() && isContinued(next) && !COMMENT.matcher(logical).matches()) {
            next = rest.next();
            line++;
            logical.append('\n').append(next);
        }
        Properties one = new Properties();
        load(one, logical.toString());
        PropertySources.textsOf(one).forEach((key, value) -> put(key, value, first));
    }

    private static void load(Properties properties, String text) throws IOException {
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException badEscape) {
            throw new IOException(badEscape);
        }
    }

    private static boolean isContinued(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    private void put(String key, String value, int at) {
        Integer earlier = lines.putIfAbsent(key, at);
        if (earlier != null && key.startsWith(PropertyKeys.PREFIX)) {
            throw ConfigurationException.because(
                    key, "is set twice, in the lines " + earlier + " and " + at, "remove one of them");
        }
        properties.put(key, value);
    }
}
