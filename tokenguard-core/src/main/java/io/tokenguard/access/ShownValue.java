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

    private static final List<String> SECRET_FILES =
            List.of("secret-file", "password-file", "bearer-token-file", "client-key-file", "client-key-store");

    /** Secrets in base64 have slashes too, and rarely two of these beginnings. */
    private static final Pattern ABSOLUTE = Pattern.compile("(/[\\w.@-]+){2,}|[A-Za-z]:[\\\\/].*");

    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:/*");

    private ShownValue() {}

    static String of(String key, String value) {
        boolean isSecret = SECRETS.stream().anyMatch(key::endsWith) || (isOfSecretFile(key) && !isAbsolutePath(value));
        return isSecret ? NOTHING : withoutUserInfo(value);
    }

    /** The secret itself is easily set there by mistake. */
    private static boolean isOfSecretFile(String key) {
        return SECRET_FILES.stream().anyMatch(key::endsWith);
    }

    private static boolean isAbsolutePath(String value) {
        return ABSOLUTE.matcher(value).matches();
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
