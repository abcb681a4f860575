package io.tokenguard;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.ResourceMetadata;
import io.tokenguard.access.Route;
import io.tokenguard.internal.bounds.Bounds;
import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.internal.response.CertificateOffer;
import io.tokenguard.internal.response.ResourceDescription;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the API calls itself in public.
 *
 * @param uri its own address
 * @param hosts the hosts that it answers for
 * @param name its name for people
 * @param documentation a page for developers
 */
record ResourceSettings(Optional<URI> uri, List<String> hosts, Optional<String> name, Optional<URI> documentation) {
    static final ResourceSettings NONE =
            new ResourceSettings(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    private static final String URI_KEY = "tokenguard.resource.uri";
    private static final String HOSTS_KEY = "tokenguard.resource.hosts";

    ResourceSettings at(URI address) {
        return new ResourceSettings(Optional.of(address), hosts, name, documentation);
    }

    ResourceSettings answeringFor(String... names) {
        List<String> chosen = Bounds.texts(HOSTS_KEY, names);
        for (String host : chosen) {
            if (!TargetUriPolicy.isHost(host)) {
                throw ConfigurationException.of(
                        HOSTS_KEY,
                        host,
                        "write each host as api.example.com or api.example.com:8443, in ASCII, without scheme, path, user"
                                + " info and *");
            }
        }
        return new ResourceSettings(uri, chosen, name, documentation);
    }

    /**
     * Requires an address that the API knows as its own. Otherwise the caller's Host field decides which proofs are good
     * (RFC 9449 §4.3).
     *
     * @param cause the setting that asks for it, such as {@code tokenguard.dpop.mode is 'required'}
     */
    void requireAddress(String cause) {
        if (uri.isEmpty() && hosts.isEmpty()) {
            throw ConfigurationException.missing(
                    URI_KEY,
                    "without it the caller's Host field decides which DPoP proofs are good; set the public address of the"
                            + " API, or its hosts in " + HOSTS_KEY + "; " + cause);
        }
    }

    ResourceSettings named(String text) {
        return new ResourceSettings(
                uri, hosts, Optional.of(Bounds.text("tokenguard.resource.name", text)), documentation);
    }

    ResourceSettings documentedAt(URI address) {
        return new ResourceSettings(uri, hosts, name, Optional.of(address));
    }

    /** Whoever may fetch the metadata: everybody (RFC 9728 §3.1), at each path where it is served. */
    List<Route> routes() {
        return description(List.of(), CertificateOffer.NONE).stream()
                .flatMap(resource -> Stream.of(
                        ResourceMetadata.WELL_KNOWN_PATH,
                        resource.metadataAddress().getPath()))
                .distinct()
                .map(path -> Route.of("GET", path, AccessRequirement.open()))
                .toList();
    }

    Optional<ResourceDescription> description(Collection<String> issuers, CertificateOffer certificates) {
        return uri.map(address -> new ResourceDescription(
                address,
                name,
                documentation,
                issuers.stream().filter(ResourceSettings::isAddress).toList(),
                certificates));
    }

    /**
     * Checks the settings against each other and the addresses that are allowed.
     *
     * @throws ConfigurationException if one is wrong, or there is nothing to which they belong
     */
    void check(AddressPolicy addresses) {
        uri.ifPresent(address -> checkIdentifier(address, addresses));
        name.ifPresent(text -> requireUri("tokenguard.resource.name", text));
        documentation.ifPresent(page -> requireUri("tokenguard.resource.documentation", page));
        documentation.filter(page -> !addresses.allows(page)).ifPresent(page -> {
            throw ConfigurationException.of("tokenguard.resource.documentation", page, "set an https address");
        });
    }

    private void requireUri(String key, Object value) {
        if (uri.isEmpty()) {
            throw ConfigurationException.of(
                    key, value, "it belongs to the API's own address; set " + URI_KEY + " too, or leave it out");
        }
    }

    /** RFC 9728 §1.2. */
    private static void checkIdentifier(URI address, AddressPolicy addresses) {
        if (!addresses.allows(address) || address.getRawQuery() != null) {
            throw ConfigurationException.of(
                    URI_KEY, address, "set an https address with a host and without user, query or fragment");
        }
        if (!isPlainPath(address.getRawPath())) {
            throw ConfigurationException.of(
                    URI_KEY, address, "set an address whose path has letters, digits and -._~ between single slashes");
        }
    }

    private static boolean isPlainPath(String path) {
        return !path.contains("//")
                && !path.contains("/.")
                && path.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0));
    }

    /** An issuer that is no address, or one that stands for others, can't be looked up by a client (RFC 8414 §2). */
    private static boolean isAddress(String issuer) {
        return (issuer.startsWith("https://") || issuer.startsWith("http://")) && !IssuerTemplate.isTemplate(issuer);
    }
}
