package io.tokenguard.jaxrs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.ResourceMetadata;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Serves the API's metadata (RFC 9728 §3.2) to anyone, with the requirements of its endpoints. */
@PreMatching
@Priority(Integer.MIN_VALUE)
final class MetadataFilter implements ContainerRequestFilter {
    private final TokenGuard guard;
    private final EndpointListing endpoints;

    MetadataFilter(TokenGuard guard, EndpointListing endpoints) {
        this.guard = guard;
        this.endpoints = endpoints;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getAbsolutePath().getPath();
        if (request.getMethod().equals(HttpMethod.GET) && path.startsWith(ResourceMetadata.WELL_KNOWN_PATH)) {
            metadata()
                    .filter(document -> document.isServedAt(path))
                    .ifPresent(document -> request.abortWith(
                            Response.ok(document.json().getBytes(UTF_8), MediaType.APPLICATION_JSON_TYPE)
                                    .header(HttpHeaders.CACHE_CONTROL, ResourceMetadata.CACHE_CONTROL)
                                    .build()));
        }
    }

    private Optional<ResourceMetadata> metadata() {
        return guard.resourceMetadata(
                endpoints.found().stream().map(EndpointRule::requirement).toList());
    }
}
