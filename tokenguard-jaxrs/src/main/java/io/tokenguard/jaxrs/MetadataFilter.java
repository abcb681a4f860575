package io.tokenguard.jaxrs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.ResourceMetadata;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** Serves the API's metadata (RFC 9728 §3.2) to anyone, with the requirements of its endpoints. */
@PreMatching
@Priority(Integer.MIN_VALUE)
final class MetadataFilter implements ContainerRequestFilter {
    private static final String PROPERTY = MetadataFilter.class.getName();

    private final TokenGuard guard;
    private final EndpointListing endpoints;

    MetadataFilter(TokenGuard guard, EndpointListing endpoints) {
        this.guard = guard;
        this.endpoints = endpoints;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getAbsolutePath().getPath();
        boolean isPreflight = request.getMethod().equals(HttpMethod.OPTIONS);
        if ((isPreflight || request.getMethod().equals(HttpMethod.GET))
                && path.startsWith(ResourceMetadata.WELL_KNOWN_PATH)) {
            metadata().filter(document -> document.isServedAt(path)).ifPresent(document -> {
                request.setProperty(
                        PROPERTY,
                        isPreflight ? ResourceMetadata.CORS_PREFLIGHT_HEADERS : ResourceMetadata.CORS_HEADERS);
                request.abortWith(isPreflight ? Response.noContent().build() : answer(document));
            });
        }
    }

    private static Response answer(ResourceMetadata document) {
        return Response.ok(document.json().getBytes(UTF_8), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, ResourceMetadata.CACHE_CONTROL)
                .build();
    }

    /** Lets scripts of other origins read the document, unless a filter of the application has set the CORS header. */
    static void expose(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(PROPERTY) instanceof Map<?, ?> fields
                && !response.getHeaders().containsKey("Access-Control-Allow-Origin")) {
            fields.forEach((name, value) -> response.getHeaders().putSingle((String) name, value));
        }
    }

    private Optional<ResourceMetadata> metadata() {
        return guard.resourceMetadata(
                endpoints.found().stream().map(EndpointRule::requirement).toList());
    }
}
