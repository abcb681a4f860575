package io.tokenguard.servlet;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cookies that the application must not see.
 *
 * @param names their names, which are case-sensitive
 */
record CookieNames(Set<String> names) {
    /** The lines of the field Cookie without these cookies; a line with nothing else is left out. */
    List<String> without(List<String> lines) {
        return lines.stream()
                .map(line -> Stream.of(line.split(";", -1))
                        .filter(pair -> !names.contains(name(pair)))
                        .map(String::strip)
                        .collect(Collectors.joining("; ")))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return (equals < 0 ? pair : pair.substring(0, equals)).strip();
    }
}
