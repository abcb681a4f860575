package io.tokenguard.access;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats the value of a setting for a message, without secrets and without the user info of addresses. */
final class ShownValue {
    private static final String NOTHING = "(not shown)";

    /** Suffixes of the keys of secrets. Addresses of stores may contain a password. */
    private static final List<String> SECRETS =
            List.of("secret", "password", "bearer-token", "jwks.headers", "redis-uri", "jdbc-uri");

    private static final List<String> SECRET_FILES = List.of(
            "secret-file",
            "password-file",
            "bearer-token-file",
            "client-key-file",
            "client-key-store",
            "decryption-key-file");

    private static final List<String> RULES = List.of("route", "tokenguard.routes.", "tokenguard.deny.");

    /** Requires two path segments, because secrets in base64 can also contain slashes. */
    private static final Pattern ABSOLUTE = Pattern.compile("(/[\\w.@-]+){2,}|[A-Za-z]:[\\\\/].*");

    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:/*");

    private ShownValue() {}

    static String of(String key, String value) {
        boolean isSecret = SECRETS.stream().anyMatch(key::endsWith) || (isOfSecretFile(key) && !isAbsolutePath(value));
        return isSecret ? NOTHING : withoutUserInfo(value, lastAt(key, value));
    }

    /** Whether the value should be a file; users may set the secret itself there by mistake. */
    private static boolean isOfSecretFile(String key) {
        return SECRET_FILES.stream().anyMatch(key::endsWith);
    }

    private static boolean isAbsolutePath(String value) {
        return ABSOLUTE.matcher(value).matches();
    }

    /** In a rule, an {@code @} at the beginning of a word names a list. */
    private static int lastAt(String key, String value) {
        int at = value.lastIndexOf('@');
        boolean isRule = RULES.stream().anyMatch(key::startsWith);
        while (isRule && at > 0 && " ,\t".indexOf(value.charAt(at - 1)) >= 0) {
            at = value.lastIndexOf('@', at - 1);
        }
        return isRule && at == 0 ? -1 : at;
    }

    /** Hides everything before the last {@code @}: an unescaped password may contain any character. */
    private static String withoutUserInfo(String value, int at) {
        if (at < 0) {
            return value;
        }
        Matcher scheme = SCHEME.matcher(value);
        String start = scheme.find() && scheme.group().endsWith("/") ? scheme.group() : "";
        return start + NOTHING + value.substring(at);
    }
}
