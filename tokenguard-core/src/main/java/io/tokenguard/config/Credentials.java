package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The places of a request where the tokens of an issuer are accepted, besides the {@code Authorization} field. Immutable: each
 * method returns a new value.
 *
 * @param headers names of header fields in which a proxy sends the token. Default: none
 * @param fromAnyAddress whether these fields also count in requests that do not come from a trusted proxy. Default: no
 * @see io.tokenguard.TrustedIssuerBuilder#credentials(Credentials)
 */
public record Credentials(Set<String> headers, boolean fromAnyAddress) {
    private static final String KEY = "tokenguard.credentials.header";
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
        return new Credentials(Set.of(), false);
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
        return new Credentials(new LinkedHashSet<>(chosen), fromAnyAddress);
    }

    /**
     * Accepts the header fields from any address. Anyone who can make a browser or a server send such a field can then choose the
     * token of the request, and a field that a proxy adds is no longer distinguished from one of the client.
     */
    public Credentials acceptFromAnyAddress() {
        return new Credentials(headers, true);
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
