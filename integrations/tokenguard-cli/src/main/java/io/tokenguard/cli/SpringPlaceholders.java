package io.tokenguard.cli;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:default}} as Spring does. What nothing replaces stays, and the reader of the
 * properties then refuses it.
 *
 * @param environment the environment variables
 * @param properties the properties of the file
 */
record SpringPlaceholders(Map<String, String> environment, Map<String, String> properties) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:{}]+)(?::([^{}]*))?}");
    private static final int MOST_ROUNDS = 8;

    Map<String, String> resolved() {
        Map<String, String> resolved = new TreeMap<>();
        properties.forEach((key, value) -> resolved.put(key, resolve(value)));
        return resolved;
    }

    private String resolve(String value) {
        String text = value;
        for (int i = 0; i < MOST_ROUNDS && text.contains("${"); i++) {
            text = PLACEHOLDER
                    .matcher(text)
                    .replaceAll(found -> Matcher.quoteReplacement(known(found.group(1))
                            .orElseGet(() -> found.group(2) == null ? found.group() : found.group(2))));
        }
        return text;
    }

    private Optional<String> known(String name) {
        String variable =
                name.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace("-", "");
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .or(() -> Optional.ofNullable(properties.get(name)));
    }

    /** Shows nothing: the environment may contain secrets. */
    @Override
    public String toString() {
        return "SpringPlaceholders[not shown]";
    }
}
