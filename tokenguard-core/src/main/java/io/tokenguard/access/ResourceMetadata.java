package io.tokenguard.access;

import java.net.URI;
import java.util.Map;

/**
 * What the API says of itself as a protected resource (RFC 9728 §2). Composed from the configuration, never from a request.
 *
 * @param address where clients look for it (RFC 9728 §3.1)
 * @param json the document, to be sent in UTF-8 as {@code application/json} (RFC 9728 §3.2)
 */
public record ResourceMetadata(URI address, String json) {
    /** The path at which clients look for the metadata of a resource without a path of its own. */
    public static final String WELL_KNOWN_PATH = "/.well-known/oauth-protected-resource";

    /** How long the document may be kept (RFC 9728 §7.10): five minutes. */
    public static final String CACHE_CONTROL = "public, max-age=300";

    /**
     * The header fields with which scripts of every origin can read the document (Fetch Standard §3.2.3): it is public, and the
     * same for everyone. To be left out if the application has set {@code Access-Control-Allow-Origin}.
     */
    public static final Map<String, String> CORS_HEADERS = Map.of("Access-Control-Allow-Origin", "*");

    /** The header fields of the answer to a CORS preflight for the document, which has status 204 (Fetch Standard §3.2.3). */
    public static final Map<String, String> CORS_PREFLIGHT_HEADERS = Map.of(
            "Access-Control-Allow-Origin", "*",
            "Access-Control-Allow-Methods", "GET",
            "Access-Control-Allow-Headers", "*",
            "Access-Control-Max-Age", "300");

    /**
     * Whether the document is to be served at a path: at its address, and at {@link #WELL_KNOWN_PATH}, where clients look
     * that know no more than the host. A slash at the end makes no difference, as in {@link Route}.
     *
     * @param path a decoded path, from the root of the host
     */
    public boolean isServedAt(String path) {
        String wanted = Route.normalPath(path);
        return wanted.equals(WELL_KNOWN_PATH) || wanted.equals(Route.normalPath(address.getPath()));
    }
}
