package io.tokenguard.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a query or a form (RFC 6749, appendix B). Those without a value are omitted (§3.1), as are those that are
 * not encoded correctly.
 *
 * @param values the first value of each parameter
 * @param repeats whether a parameter was sent twice, which RFC 6749 §3.1 and §3.2 forbid
 */
record Form(Map<String, String> values, boolean repeats) {
    private static final int LONGEST = 8 * 1024;

    static Form of(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean repeats = false;
        for (String pair : encoded.split("&", -1)) {
            int sign = pair.indexOf('=');
            String value = sign < 1 ? "" : decoded(pair.substring(sign + 1));
            if (!value.isEmpty()) {
                repeats |= values.putIfAbsent(decoded(pair.substring(0, sign)), value) != null;
            }
        }
        return new Form(values, repeats);
    }

    /** The form in the body of a POST, otherwise the query. */
    static Form of(RecordedRequest request) {
        return of(
                request.method().equals("POST")
                        ? request.body()
                        : request.path().substring(request.path().indexOf('?') + 1));
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String require(String name) throws GrantRefusal {
        return value(name).orElseThrow(() -> GrantRefusal.of("invalid_request", name + " is missing"));
    }

    Form with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new Form(changed, repeats);
    }

    /** What is kept of a request is short, so that a thousand of them fit into memory. */
    void requireSound() throws GrantRefusal {
        if (repeats) {
            throw GrantRefusal.of("invalid_request", "A parameter was sent twice");
        }
        if (values.toString().length() > LONGEST) {
            throw GrantRefusal.of("invalid_request", "The parameters are longer than " + LONGEST + " characters");
        }
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    /** Shows the names: the values may be credentials. */
    @Override
    public String toString() {
        return "Form" + values.keySet();
    }
}
