package io.tokenguard.internal.response;

import io.tokenguard.access.ResourceMetadata;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What is configured about the API as a protected resource.
 *
 * @param identifier its own public address, without query and fragment (RFC 9728 §1.2)
 * @param name its name for people
 * @param documentation the address of a page for developers
 * @param authorizationServers the issuers of its tokens, by their addresses
 * @param certificates what is said of tokens that are bound to a certificate
 */
public record ResourceDescription(
        URI identifier,
        Optional<String> name,
        Optional<URI> documentation,
        List<String> authorizationServers,
        CertificateOffer certificates) {
    /** Copies the issuers. */
    public ResourceDescription {
        authorizationServers = List.copyOf(authorizationServers);
    }

    /** RFC 9728 §3: the well-known path goes between host and path; a path of nothing but a slash is none. */
    public URI metadataAddress() {
        String path = identifier.getRawPath();
        return identifier.resolve(ResourceMetadata.WELL_KNOWN_PATH + (path.equals("/") ? "" : path));
    }
}
