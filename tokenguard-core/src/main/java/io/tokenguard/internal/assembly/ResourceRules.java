package io.tokenguard.internal.assembly;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.ResourceMetadata;
import io.tokenguard.access.Route;
import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.internal.response.CertificateOffer;
import io.tokenguard.internal.response.ResourceDescription;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.ResourceSettings;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns the settings of the API's own address into its metadata, and checks them. */
final class ResourceRules {
    private ResourceRules() {}

    /** Anyone may fetch the metadata (RFC 9728 §3.1), at each path that serves it, also by scripts of any origin. */
    static List<Route> routes(ResourceSettings settings) {
        return description(settings, List.of(), CertificateOffer.NONE).stream()
                .flatMap(resource -> Stream.of(
                        ResourceMetadata.WELL_KNOWN_PATH,
                        resource.metadataAddress().getPath()))
                .distinct()
                .flatMap(path ->
                        Stream.of("GET", "OPTIONS").map(method -> Route.of(method, path, AccessRequirement.open())))
                .toList();
    }

    static Optional<ResourceDescription> description(
            ResourceSettings settings, Collection<IssuerSettings> issuers, CertificateOffer certificates) {
        return settings.uri()
                .map(address -> new ResourceDescription(
                        address,
                        settings.name(),
                        settings.documentation(),
                        issuers.stream()
                                .filter(ResourceRules::isFound)
                                .map(IssuerSettings::issuer)
                                .toList(),
                        certificates));
    }

    /** A client can look up an issuer by an address only, not by a template (RFC 8414 §2). */
    private static boolean isFound(IssuerSettings issuer) {
        String name = issuer.issuer();
        return !issuer.isUnnamed()
                && (name.startsWith("https://") || name.startsWith("http://"))
                && name.indexOf('*') < 0;
    }

    /**
     * Checks the settings against each other and against the allowed addresses.
     *
     * @throws ConfigurationException if one is wrong, or needs an address that is not set
     */
    static void check(ResourceSettings settings, AddressPolicy addresses) {
        settings.hosts().forEach(ResourceRules::checkHost);
        settings.uri().ifPresent(address -> checkIdentifier(address, addresses));
        settings.name().ifPresent(text -> requireUri(settings, "tokenguard.resource.name", text));
        settings.documentation().ifPresent(page -> requireUri(settings, "tokenguard.resource.documentation", page));
        settings.documentation().filter(page -> !addresses.allows(page)).ifPresent(page -> {
            throw ConfigurationException.of("tokenguard.resource.documentation", page, "set an https address");
        });
    }

    private static void checkHost(String host) {
        if (!TargetUriPolicy.isHost(host)) {
            throw ConfigurationException.of(
                    ResourceSettings.HOSTS_KEY,
                    host,
                    "write each host as api.example.com or api.example.com:8443, in ASCII, without scheme, path, user"
                            + " info and *");
        }
    }

    private static void requireUri(ResourceSettings settings, String key, Object value) {
        if (settings.uri().isEmpty()) {
            throw ConfigurationException.of(
                    key,
                    value,
                    "it needs the API's own address; set " + ResourceSettings.URI_KEY + " too, or leave it out");
        }
    }

    /** RFC 9728 §1.2. */
    private static void checkIdentifier(URI address, AddressPolicy addresses) {
        if (!addresses.allows(address) || address.getRawQuery() != null) {
            throw ConfigurationException.of(
                    ResourceSettings.URI_KEY,
                    address,
                    "set an https address with a host and without user, query or fragment");
        }
        if (!isPlainPath(address.getRawPath())) {
            throw ConfigurationException.of(
                    ResourceSettings.URI_KEY,
                    address,
                    "set an address whose path has letters, digits and -._~ between single slashes");
        }
    }

    private static boolean isPlainPath(String path) {
        return !path.contains("//")
                && !path.contains("/.")
                && path.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0));
    }
}
