package io.tokenguard.jaxrs;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Removes cookies that the application must not see, and leaves the others. */
final class HiddenCookies {
    private static final String FIELD = "Cookie";

    private HiddenCookies() {}

    /**
     * Removes cookies.
     *
     * @param names their names; nothing happens if there are none
     * @param headers the fields of a request that is not matched yet
     */
    static void remove(Set<String> names, MultivaluedMap<String, String> headers) {
        @Nullable List<String> lines = names.isEmpty() ? null : headers.get(FIELD);
        if (lines == null) {
            return;
        }
        List<String> shown = lines.stream()
                .map(line -> without(names, line))
                .filter(line -> !line.isEmpty())
                .toList();
        headers.remove(FIELD);
        if (!shown.isEmpty()) {
            headers.addAll(FIELD, shown);
        }
    }

    private static String without(Set<String> names, String line) {
        return Stream.of(line.split(";", -1))
                .map(String::strip)
                .filter(pair -> !names.contains(pair.split("=", 2)[0].strip()))
                .collect(Collectors.joining("; "));
    }
}
