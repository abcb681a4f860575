package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The places of a request where the tokens of an issuer are accepted, besides the {@code Authorization} field. Immutable: each
 * method returns a new value.
 *
 * @param headers names of header fields in which a proxy sends the token. Default: none
 * @param fromAnyAddress whether these fields also count in requests that do not come from a trusted proxy. Default: no
 * @param cookie the name of the cookie in which browsers send the token. Default: none
 * @see io.tokenguard.TrustedIssuerBuilder#credentials(Credentials)
 */
public record Credentials(Set<String> headers, boolean fromAnyAddress, Optional<String> cookie) {
    private static final String KEY = "tokenguard.credentials.header";
    private static final String COOKIE_KEY = "tokenguard.credentials.cookie";

    /** A name (RFC 6265 §4.1.1) with a prefix in the case in which every browser enforces it (RFC 6265bis §4.1.3). */
    private static final Pattern COOKIE = Pattern.compile("(?:__Host-|__Secure-)[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    private static final String FURTHER_NAME_CHARACTERS = "!#$%&'*+-.^_`|~";

    /** Fields that mean something else. */
    private static final Set<String> TAKEN =
            Set.of("authorization", "proxy-authorization", "cookie", "host", "dpop", "forwarded", "www-authenticate");

    /** Copies the names. */
    public Credentials {
        headers = Set.copyOf(headers);
    }

    /** Tokens in the {@code Authorization} field only (RFC 6750 §2.1). */
    public static Credentials inAuthorization() {
        return new Credentials(Set.of(), false, Optional.empty());
    }

    /**
     * Tokens in these header fields too, such as {@code X-Goog-IAP-JWT-Assertion}: the token alone, or after {@code Bearer} or
     * {@code DPoP} and a space. The fields count only in requests from the trusted proxies, each of which must overwrite them. A
     * request must contain one token in one place; another one gets 400 (RFC 6750 §2, §3.1).
     *
     * @throws ConfigurationException if a name is not a field name (RFC 9110 §5.1), or that of a field with another meaning
     */
    public Credentials inHeaders(String... names) {
        List<String> chosen = Bounds.texts(KEY, names);
        chosen.forEach(Credentials::check);
        return new Credentials(new LinkedHashSet<>(chosen), fromAnyAddress, cookie);
    }

    /**
     * Accepts the header fields from any address. Anyone who can make a browser or a server send such a field can then choose the
     * token of the request, and a field that a proxy adds is no longer distinguished from one of the client.
     */
    public Credentials acceptFromAnyAddress() {
        return new Credentials(headers, true, cookie);
    }

    /**
     * Tokens in this cookie too, for browsers, such as {@code __Host-access}. The prefix makes browsers take the cookie over TLS only,
     * and with {@code __Host-} from the API's own host only, which a server can't see in a request (RFC 6265bis §4.1.3). Requests
     * with the cookie must come over TLS, must not be caused by another site, and must have no other credentials; tokens that are
     * bound to a key by DPoP are refused in it (RFC 9449 §7.1).
     *
     * @param name case-sensitive, as in requests
     * @throws ConfigurationException if the name is not that of a cookie, or has neither prefix in this case
     */
    public Credentials inCookie(String name) {
        if (!COOKIE.matcher(Bounds.text(COOKIE_KEY, name)).matches()) {
            throw ConfigurationException.of(
                    COOKIE_KEY,
                    name,
                    "name the cookie with the prefix __Host-, or __Secure- if hosts share it, such as __Host-access: other"
                            + " hosts, and anyone on the network, can set cookies without a prefix");
        }
        return new Credentials(headers, fromAnyAddress, Optional.of(name));
    }

    private static void check(String name) {
        boolean isName = name.chars()
                .allMatch(c -> (c < 0x80 && Character.isLetterOrDigit(c)) || FURTHER_NAME_CHARACTERS.indexOf(c) >= 0);
        if (!isName || TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
            throw ConfigurationException.of(
                    KEY,
                    name,
                    "name the header fields in which a proxy sends the token, such as X-Goog-IAP-JWT-Assertion; Authorization is"
                            + " always read, and cookies, Host, DPoP and forwarding fields can't hold it");
        }
    }
}
