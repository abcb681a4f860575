package io.tokenguard.internal.request;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one element of {@code Forwarded} (RFC 7239 §4): pairs of a name and a token or a quoted text without escapes. */
final class ForwardedField {
    private static final String TOKEN = "!#$%&'*+-.^_`|~:[]";

    private ForwardedField() {}

    /** The pairs, with names in lower case; empty if one is malformed or occurs twice. */
    static Optional<Map<String, String>> read(String field) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : field.split(";", -1)) {
            String trimmed = pair.strip();
            int equals = trimmed.indexOf('=');
            Optional<String> value = equals > 0 ? value(trimmed.substring(equals + 1)) : Optional.empty();
            boolean isPair = value.isPresent() && isToken(trimmed.substring(0, equals));
            if (!isPair || pairs.put(trimmed.substring(0, equals).toLowerCase(Locale.ROOT), value.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(pairs);
    }

    private static Optional<String> value(String text) {
        boolean isQuoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
        if (!isQuoted) {
            return Optional.of(text).filter(ForwardedField::isToken);
        }
        return Optional.of(text.substring(1, text.length() - 1))
                .filter(inner -> inner.chars().allMatch(c -> c >= 0x20 && c < 0x7F && c != '"' && c != '\\'));
    }

    /** RFC 9110 §5.6.2; also colon and brackets, which proxies do not quote in addresses. */
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || TOKEN.indexOf(c) >= 0));
    }
}
