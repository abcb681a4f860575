package io.tokenguard.access;

import java.net.URI;
import java.util.Map;

/**
 * The protected resource metadata of the API (RFC 9728 §2). Built from the configuration, never from a request.
 *
 * @param address the metadata URL (RFC 9728 §3.1)
 * @param json the document, served in UTF-8 as {@code application/json} (RFC 9728 §3.2)
 */
public record ResourceMetadata(URI address, String json) {
    /** The metadata path of a resource whose own URL has no path. */
    public static final String WELL_KNOWN_PATH = "/.well-known/oauth-protected-resource";

    /** The {@code Cache-Control} field: clients may cache the document for five minutes (RFC 9728 §7.10). */
    public static final String CACHE_CONTROL = "public, max-age=300";

    /**
     * The header fields that let scripts of every origin read the document (Fetch Standard §3.2.3): it is public and the same
     * for every caller. Do not add them if the application has set {@code Access-Control-Allow-Origin}.
     */
    public static final Map<String, String> CORS_HEADERS = Map.of("Access-Control-Allow-Origin", "*");

    /** The header fields of the answer to a CORS preflight for the document, which has status 204 (Fetch Standard §3.2.3). */
    public static final Map<String, String> CORS_PREFLIGHT_HEADERS = Map.of(
            "Access-Control-Allow-Origin", "*",
            "Access-Control-Allow-Methods", "GET",
            "Access-Control-Allow-Headers", "*",
            "Access-Control-Max-Age", "300");

    /**
     * Whether the document must be served at a path: its address, or {@link #WELL_KNOWN_PATH}, for clients that know only the
     * host. Trailing slashes are ignored, as in {@link Route}.
     *
     * @param path a decoded path, from the root of the host
     */
    public boolean isServedAt(String path) {
        String wanted = Route.normalPath(path);
        return wanted.equals(WELL_KNOWN_PATH) || wanted.equals(Route.normalPath(address.getPath()));
    }
}
