package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Recognises addresses that are not issuers, although they are near one. */
final class IssuerMistakes {
    private static final String KEY = "tokenguard.issuer-uri";
    private static final String WELL_KNOWN = "/.well-known/";
    private static final List<String> OF_ALL_TENANTS = List.of("common", "organizations", "consumers");

    private IssuerMistakes() {}

    /**
     * The same issuer.
     *
     * @throws ConfigurationException if it is the address of metadata, of all tenants of Entra ID, or lacks Auth0's slash
     */
    static String requireIssuer(String issuer) {
        int metadata = issuer.indexOf(WELL_KNOWN);
        if (metadata >= 0) {
            throw ConfigurationException.of(
                    KEY,
                    issuer,
                    "this is the address of the issuer's metadata; set the issuer, "
                            + withoutMetadata(issuer, metadata));
        }
        hostAndTenant(issuer).ifPresent(parts -> requireTenant(issuer, parts.get(0), parts.get(1)));
        if (host(issuer).endsWith(".auth0.com") && !issuer.endsWith("/")) {
            throw ConfigurationException.of(
                    KEY,
                    issuer,
                    "issuers of Auth0 end in a slash, and are compared to the letter; set " + issuer + "/");
        }
        return issuer;
    }

    private static void requireTenant(String issuer, String host, String tenant) {
        if (host.startsWith("login.microsoftonline.") && OF_ALL_TENANTS.contains(tenant)) {
            throw ConfigurationException.of(
                    KEY,
                    issuer,
                    "no token has this issuer, because it stands for all tenants; name your tenant, or write {tenantid}"
                            + " instead of " + tenant + " and set tokenguard.tenants");
        }
    }

    /** OpenID Connect Discovery appends the well-known path; RFC 8414 §3 puts it between host and path. */
    private static String withoutMetadata(String address, int metadata) {
        int name = metadata + WELL_KNOWN.length();
        int path = address.indexOf('/', name);
        return address.substring(0, metadata) + (path < 0 ? "" : address.substring(path));
    }

    private static String host(String issuer) {
        try {
            return Optional.ofNullable(URI.create(issuer).getHost()).orElse("").toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noAddress) {
            return "";
        }
    }

    private static Optional<List<String>> hostAndTenant(String issuer) {
        String host = host(issuer);
        int start = host.isEmpty() ? -1 : issuer.toLowerCase(Locale.ROOT).indexOf(host) + host.length() + 1;
        if (start < 0 || start >= issuer.length()) {
            return Optional.empty();
        }
        int end = issuer.indexOf('/', start);
        return Optional.of(List.of(host, end < 0 ? issuer.substring(start) : issuer.substring(start, end)));
    }
}
