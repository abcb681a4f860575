package io.tokenguard.internal.bounds;

import io.tokenguard.access.ConfigurationException;
import java.util.List;
import java.util.regex.Pattern;

/** The form of origins in settings. */
public final class Origins {
    /** A serialized origin (RFC 6454 §6.2): lower case, no path, no default port. */
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://(?:[a-z0-9_.-]+|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?");

    private static final Pattern DEFAULT_PORT = Pattern.compile("http:.*[^:]:80|https:.*[^:]:443");

    private Origins() {}

    /**
     * Requires serialized origins, or {@code *} alone.
     *
     * @param key the setting
     * @return the origins
     * @throws ConfigurationException if a browser never sends one of them, or {@code *} is not alone
     */
    public static List<String> check(String key, String... origins) {
        List<String> all = Bounds.texts(key, origins);
        for (String origin : all) {
            boolean isOrigin = ORIGIN.matcher(origin).matches()
                    && !DEFAULT_PORT.matcher(origin).matches();
            if (!isOrigin && !(origin.equals("*") && all.size() == 1)) {
                throw ConfigurationException.of(
                        key,
                        origin,
                        "write each origin as browsers send it, such as https://app.example.com or"
                                + " http://localhost:3000: in lower case, in ASCII, without path, slash at the end and"
                                + " default port; or write * alone");
            }
        }
        return all;
    }
}
