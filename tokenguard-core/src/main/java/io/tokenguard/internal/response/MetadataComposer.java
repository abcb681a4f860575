package io.tokenguard.internal.response;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Binding;
import io.tokenguard.access.ResourceMetadata;
import java.net.URI;
import java.util.Collection;
import java.util.List;

/**
 * Composes the metadata of the API (RFC 9728 §2). It says what is true and no more: what is empty is left out (§3.2), and
 * so is what this API does not do, such as signing its answers.
 */
public final class MetadataComposer {
    private MetadataComposer() {}

    /**
     * Composes the document.
     *
     * @param resource what is configured
     * @param requirements what the API demands, in any order
     * @param dpop what the guard demands of every token
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

    /** Said only where the API asks for them: by default they are served wherever the connection shows a certificate. */
    private static boolean servesCertificates(
            ResourceDescription resource, Collection<AccessRequirement> requirements) {
        return resource.certificates().isAskedFor()
                || (resource.certificates().isServed() && requirements.stream().anyMatch(Demands::takesCertificate));
    }
}
