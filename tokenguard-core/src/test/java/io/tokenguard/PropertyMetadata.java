package io.tokenguard;

import io.tokenguard.testkit.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What editors show for the properties, generated from the table of {@code docs/configuration.md}: a JSON schema and the metadata
 * of Spring. CONTRIBUTING names the command that writes both files.
 *
 * @param rows the rows of the table
 */
record PropertyMetadata(List<Row> rows) {
    static final Path SPRING = Path.of("src", "main", "resources", "META-INF", "spring-configuration-metadata.json");
    static final Path SCHEMA = Path.of("src", "main", "resources", "META-INF", "tokenguard.schema.json");

    private static final String DESTINATION = "A setting of a service that this API calls.";
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    /** Without a loop over alternatives, which would need a stack frame for each character. */
    private static final String TEXT = "[^|\\\\]*(?:\\\\.[^|\\\\]*)*";

    private static final String CELL = " (" + TEXT + ") \\|";
    private static final Pattern ROW =
            Pattern.compile("^\\| `(tokenguard\\.[^`<]+)` \\|" + " " + TEXT + " \\|" + CELL + CELL, Pattern.MULTILINE);

    /**
     * A property.
     *
     * @param key its key
     * @param description its meaning, as a sentence
     * @param fallback its default, as the page shows it
     */
    record Row(String key, String description, String fallback) {
        /** The default, if the cell has nothing else. */
        private Optional<Object> typedDefault() {
            String text = fallback.matches("`[^`]*`") ? fallback.substring(1, fallback.length() - 1) : "";
            if (text.matches("\\d+")) {
                return Optional.of(Integer.valueOf(text));
            }
            if (text.matches("true|false")) {
                return Optional.of(Boolean.valueOf(text));
            }
            return text.matches("\\d+(ms|s|m|h|d)") ? Optional.of(text) : Optional.empty();
        }

        private String spring() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", key);
            members.put("type", typedDefault().map(Row::javaType).orElse("java.lang.String"));
            typedDefault().ifPresent(value -> members.put("defaultValue", value));
            members.put("description", description);
            return TestJson.write(members);
        }

        private static String javaType(Object value) {
            return value instanceof String
                    ? "java.time.Duration"
                    : value.getClass().getName();
        }

        private String schema() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("description", description);
            members.put("type", typedDefault().<Object>map(Row::jsonType).orElse(List.of("string", "array")));
            typedDefault().ifPresent(value -> members.put("default", value));
            return TestJson.write(members);
        }

        private static String jsonType(Object value) {
            return value instanceof String
                    ? "string"
                    : value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }
    }

    static PropertyMetadata ofPage() throws IOException {
        Matcher row = ROW.matcher(Files.readString(PAGE));
        return new PropertyMetadata(row.results()
                .map(cells -> new Row(cells.group(1), sentence(cells.group(2)), cells.group(3)))
                .toList());
    }

    private static String sentence(String cell) {
        String plain = cell.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .replace("`", "")
                .replace("\\|", "|")
                .strip();
        String capital = plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }

    /** The content of {@link #SPRING}. */
    String spring() {
        Map<String, Object> routes = new LinkedHashMap<>();
        routes.put("name", "tokenguard.routes");
        routes.put("type", "java.util.Map<java.lang.String,java.lang.String>");
        routes.put("description", "Routes by name, such as GET /api/orders/** scope orders:read.");
        Map<String, Object> lists = new LinkedHashMap<>();
        lists.put("name", "tokenguard.lists");
        lists.put("type", "java.util.Map<java.lang.String,java.util.Map<java.lang.String,java.lang.String>>");
        lists.put("description", "Named lists: tokenguard.lists.NAME.file is a file with one entry a line.");
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("name", "tokenguard.limits");
        limits.put("type", "java.util.Map<java.lang.String,java.lang.String>");
        limits.put("description", "Rate limits by name, such as GET /api/orders/** limit 100/1m per subject.");
        Map<String, Object> writes = new LinkedHashMap<>();
        writes.put("name", "tokenguard.writes");
        writes.put("type", "java.util.Map<java.lang.String,java.lang.String>");
        writes.put("description", "Requests that happen once, by name, such as POST /api/orders idempotent 24h.");
        Map<String, Object> destinations = new LinkedHashMap<>();
        destinations.put("name", "tokenguard.downstream");
        destinations.put("type", "java.util.Map<java.lang.String,java.util.Map<java.lang.String,java.lang.String>>");
        destinations.put("description", DESTINATION);
        return Stream.concat(
                        rows.stream().map(Row::spring),
                        Stream.of(routes, lists, limits, writes, destinations).map(TestJson::write))
                .collect(Collectors.joining(",\n    ", "{\n  \"properties\": [\n    ", "\n  ]\n}\n"));
    }

    /** The content of {@link #SCHEMA}. */
    String schema() {
        String properties = rows.stream()
                .map(row -> "\"" + row.key() + "\": " + row.schema())
                .collect(Collectors.joining(",\n    "));
        Map<String, Object> route = new LinkedHashMap<>();
        route.put("type", "string");
        route.put("description", "A route, such as GET /api/orders/** scope orders:read.");
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("^tokenguard\\.routes\\.[^.]+$", route);
        named.put(
                "^tokenguard\\.lists\\.[^.]+\\.file$",
                Map.of("description", "The file of a named list, with one entry a line."));
        Map<String, Object> limit = new LinkedHashMap<>();
        limit.put("type", "string");
        limit.put("description", "A rate limit, such as GET /api/orders/** limit 100/1m per subject.");
        named.put("^tokenguard\\.limits\\.[^.]+$", limit);
        Map<String, Object> write = new LinkedHashMap<>();
        write.put("type", "string");
        write.put("description", "Requests that happen once, such as POST /api/orders idempotent 24h.");
        named.put("^tokenguard\\.writes\\.[^.]+$", write);
        named.put("^tokenguard\\.downstream\\.[^.]+\\..+$", Map.of("description", DESTINATION));
        named.put("^tokenguard\\.issuers\\.[^.]+\\..+$", Map.of("description", "A setting of one of several issuers."));
        return """
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "title": "TokenGuard properties",
                  "type": "object",
                  "properties": {
                    %s
                  },
                  "patternProperties": %s,
                  "additionalProperties": false
                }
                """.formatted(properties, TestJson.write(named));
    }
}
