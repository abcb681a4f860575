package io.tokenguard.internal.properties;

import io.tokenguard.access.ConfigurationException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists that are written one entry a key: {@code tokenguard.audiences[0]} or {@code tokenguard.audiences.0}. */
final class IndexedKeys {
    private static final Pattern INDEXED = Pattern.compile("(.+?)(?:\\[(\\d{1,4})]|\\.(\\d{1,4}))");

    private IndexedKeys() {}

    /**
     * The same properties, with the entries of each list joined in the order of their indexes.
     *
     * @throws ConfigurationException if a list is also written as one value
     */
    static Map<String, String> joined(Map<String, String> properties) {
        Map<String, String> joined = new TreeMap<>();
        Map<String, SortedMap<Integer, String>> lists = new TreeMap<>();
        properties.forEach((key, value) -> {
            Matcher indexed = INDEXED.matcher(key);
            if (indexed.matches() && isList(indexed.group(1))) {
                String index = indexed.group(2) == null ? indexed.group(3) : indexed.group(2);
                lists.computeIfAbsent(indexed.group(1), unused -> new TreeMap<>())
                        .put(Integer.valueOf(index), value);
            } else {
                joined.put(key, value);
            }
        });
        lists.forEach((key, entries) -> {
            String list = entries.values().stream().collect(Collectors.joining(","));
            if (joined.putIfAbsent(key, list) != null) {
                throw ConfigurationException.because(
                        key, "is set as a whole and by index", "remove one of the two forms");
            }
        });
        return joined;
    }

    private static boolean isList(String key) {
        return PropertyKeys.isKnown(key);
    }
}
