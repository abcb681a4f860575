package io.tokenguard.internal.feeds;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds one field of a form (application/x-www-form-urlencoded, WHATWG URL §5.1). */
final class FormField {
    private FormField() {}

    /**
     * The value of a field.
     *
     * @throws RefusedException if the form has none of the name, more than one, or is malformed
     */
    static String single(String form, String name) throws RefusedException {
        Optional<String> found = Optional.empty();
        int start = 0;
        while (start <= form.length()) {
            int end = form.indexOf('&', start);
            int next = end < 0 ? form.length() : end;
            int equals = form.indexOf('=', start);
            int nameEnd = equals < 0 || equals > next ? next : equals;
            if (decode(form.substring(start, nameEnd)).equals(name)) {
                if (found.isPresent()) {
                    throw malformed("field twice");
                }
                found = Optional.of(decode(form.substring(Math.min(nameEnd + 1, next), next)));
            }
            start = next + 1;
        }
        return found.filter(value -> !value.isEmpty()).orElseThrow(() -> malformed("field missing"));
    }

    private static String decode(String text) throws RefusedException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw malformed("form");
        }
    }

    private static RefusedException malformed(String rule) {
        return new RefusedException(RefusalReason.TOKEN_MALFORMED, rule);
    }
}
