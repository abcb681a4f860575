package io.tokenguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses a URL-encoded form that was read before the container could. */
final class FormParameters {
    private static final int MOST = 1_000;

    private FormParameters() {}

    /** Whether a form has more than a thousand parameters, as containers refuse too. */
    static boolean areTooMany(byte[] form) {
        int separators = 0;
        for (byte one : form) {
            separators += one == '&' ? 1 : 0;
        }
        return separators >= MOST;
    }

    /** The parameters of the query, and behind them those of the form. */
    static Map<String, String[]> joined(Map<String, String[]> query, String form) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        query.forEach((name, values) -> all.put(name, new ArrayList<>(List.of(values))));
        for (String pair : form.split("&", -1)) {
            add(pair, all);
        }
        Map<String, String[]> parameters = new LinkedHashMap<>();
        all.forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
        return Collections.unmodifiableMap(parameters);
    }

    private static void add(String pair, Map<String, List<String>> all) {
        if (!pair.isEmpty()) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            all.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
        }
    }

    /** Leaves text that can't be decoded as it is. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
