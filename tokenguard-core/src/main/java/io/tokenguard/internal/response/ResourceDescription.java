package io.tokenguard.internal.response;

import io.tokenguard.access.ResourceMetadata;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The configured description of the API as a protected resource.
 *
 * @param identifier its own public address, without query and fragment (RFC 9728 §1.2)
 * @param name its name for people
 * @param documentation the address of a page for developers
 * @param authorizationServers the addresses of its issuers
 * @param certificates what is stated about certificate-bound tokens
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

    /** RFC 9728 §3: the well-known path is inserted between host and path; a path of only a slash counts as none. */
    public URI metadataAddress() {
        String path = identifier.getRawPath();
        return identifier.resolve(ResourceMetadata.WELL_KNOWN_PATH + (path.equals("/") ? "" : path));
    }
}
