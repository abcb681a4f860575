package io.tokenguard.internal.response;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.ResourceMetadata;
import java.net.URI;
import java.util.Collection;
import java.util.List;

/**
 * Composes the metadata of the API (RFC 9728 §2). Omits empty members (§3.2), and what this API does not do, such as signing
 * its answers.
 */
public final class MetadataComposer {
    private MetadataComposer() {}

    /**
     * Composes the document.
     *
     * @param resource the configured description
     * @param requirements the API's requirements, in any order
     * @param dpop what the guard requires of every token
     */
    public static ResourceMetadata compose(
            ResourceDescription resource, Collection<AccessRequirement> requirements, DpopOffer dpop) {
        boolean needsDpop = !dpop.offersBearer() || Demands.alwaysDemand(requirements, Binding.DPOP);
        JsonObjectText document = new JsonObjectText()
                .member("resource", resource.identifier().toString())
                .member("authorization_servers", resource.authorizationServers())
                .member("scopes_supported", Demands.everyScope(requirements))
                .member("bearer_methods_supported", List.of("header"))
                .member("authorization_details_types_supported", Demands.everyDetailType(requirements))
                .member("dpop_signing_alg_values_supported", needsDpop ? dpop.algorithms() : List.of())
                .flag("dpop_bound_access_tokens_required", needsDpop)
                .flag("tls_client_certificate_bound_access_tokens", servesCertificates(resource, requirements));
        resource.name().ifPresent(name -> document.member("resource_name", name));
        resource.documentation().map(URI::toString).ifPresent(page -> document.member("resource_documentation", page));
        return new ResourceMetadata(resource.metadataAddress(), document.toString());
    }

    /** Stated only if the API requests certificates: by default they are accepted if the connection has one. */
    private static boolean servesCertificates(
            ResourceDescription resource, Collection<AccessRequirement> requirements) {
        return resource.certificates().isAskedFor()
                || (resource.certificates().isServed() && requirements.stream().anyMatch(Demands::takesCertificate));
    }
}
