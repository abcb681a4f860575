package io.tokenguard.access;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a message shows of the value of a setting: no secret, and no user info of an address. */
final class ShownValue {
    private static final String NOTHING = "(not shown)";

    /** How the keys of secrets end; a file with a secret has a key of its own. Addresses of stores may hold one. */
    private static final List<String> SECRETS =
            List.of("secret", "password", "bearer-token", "jwks.headers", "redis-uri", "jdbc-uri");

    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:/*");

    private ShownValue() {}

    static String of(String key, String value) {
        return SECRETS.stream().anyMatch(key::endsWith) ? NOTHING : withoutUserInfo(value);
    }

    /** Hides all before the last {@code @}: a password that is not escaped may hold any character. */
    private static String withoutUserInfo(String value) {
        int at = value.lastIndexOf('@');
        if (at < 0) {
            return value;
        }
        Matcher scheme = SCHEME.matcher(value);
        String start = scheme.find() && scheme.group().endsWith("/") ? scheme.group() : "";
        return start + NOTHING + value.substring(at);
    }
}
