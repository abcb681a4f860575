package io.tokenguard.internal.bounds;

import io.tokenguard.access.ConfigurationException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Checks single settings; each error names the key, the value and what to set. */
public final class Bounds {
    /** The greatest clock skew between issuer and API that can be configured. */
    public static final Duration LONGEST_CLOCK_SKEW = Duration.ofMinutes(2);

    /** The greatest lifetime of a token that can be configured. */
    public static final Duration LONGEST_TOKEN_LIFE = Duration.ofDays(400);

    private static final Pattern PLAIN_PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

    private Bounds() {}

    /** A path that every server reads alike. */
    public static String plainPath(String key, String path) {
        if (!PLAIN_PATH.matcher(path).matches()) {
            throw ConfigurationException.of(
                    key, path, "set a path such as /tokenguard/health, with letters, digits and -._~ between slashes");
        }
        return path;
    }

    public static Duration between(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw ConfigurationException.of(
                    key, Durations.write(value), "set " + Durations.write(least) + " to " + Durations.write(most));
        }
        return value;
    }

    public static int between(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw ConfigurationException.of(key, value, "set " + least + " to " + most);
        }
        return value;
    }

    public static long between(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw ConfigurationException.of(key, value, "set " + least + " to " + most);
        }
        return value;
    }

    public static String text(String key, String value) {
        Objects.requireNonNull(value, key);
        if (value.isBlank()) {
            throw ConfigurationException.of(key, value, "it is empty; set a value");
        }
        if (!value.strip().equals(value)) {
            throw ConfigurationException.of(key, value, "set a text without spaces around it");
        }
        return value;
    }

    /**
     * Rejects user info, so that no later message can show it. In an address that can't be parsed, anything before an {@code
     * @} counts as user info.
     */
    public static String withoutUserInfo(String key, String address) {
        if (address.contains("//") && hasUserInfo(address)) {
            throw ConfigurationException.of(
                    key, address, "leave the user info before @ out; set credentials by their own settings");
        }
        return address;
    }

    private static boolean hasUserInfo(String address) {
        try {
            URI read = URI.create(address);
            return read.getHost() == null ? address.indexOf('@') >= 0 : read.getRawUserInfo() != null;
        } catch (IllegalArgumentException malformed) {
            return address.indexOf('@') >= 0;
        }
    }

    public static List<String> texts(String key, String... values) {
        if (values.length == 0) {
            throw ConfigurationException.missing(key, "name at least one");
        }
        for (String value : values) {
            if (values.length > 1 && value.isBlank()) {
                throw ConfigurationException.of(key, value, "an entry is empty; remove the extra comma");
            }
            text(key, value);
        }
        return List.of(values);
    }
}
