package io.tokenguard.internal.bounds;

import io.tokenguard.access.ConfigurationException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The form of HTTP names in settings. */
public final class HttpNames {
    /** A token (RFC 9110 §5.6.2). */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'+.^_`|~-]+");

    /** Those that scripts send to APIs; the Fetch Standard forbids CONNECT, TRACE and TRACK. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY");

    private HttpNames() {}

    /**
     * Requires methods that scripts can send.
     *
     * @param key the setting
     * @throws ConfigurationException if one of them is another text
     */
    public static List<String> methods(String key, String... methods) {
        List<String> all = Bounds.texts(key, methods);
        for (String method : all) {
            if (!METHODS.contains(method)) {
                throw ConfigurationException.of(
                        key,
                        method,
                        "name methods in capitals: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT or QUERY;"
                                + " * is not accepted");
            }
        }
        return all;
    }

    /**
     * Requires names of header fields.
     *
     * @param key the setting
     * @throws ConfigurationException if one of them is another text, such as {@code *}
     */
    public static List<String> fields(String key, String... names) {
        List<String> all = Bounds.texts(key, names);
        for (String name : all) {
            if (!TOKEN.matcher(name).matches()) {
                throw ConfigurationException.of(
                        key,
                        name,
                        "name header fields, such as Content-Type; * is not accepted, because in browsers it does not"
                                + " include Authorization");
            }
        }
        return all;
    }
}
