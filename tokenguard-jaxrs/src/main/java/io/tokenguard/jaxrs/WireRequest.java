package io.tokenguard.jaxrs;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.Connection;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived, before other filters could change it. Stored as a property of the request, so that it follows the
 * request across threads and ends with it.
 *
 * @param method the method on the wire
 * @param writtenPath the path as the client sent it
 */
record WireRequest(String method, String writtenPath) {
    private static final String PROPERTY = WireRequest.class.getName();

    static WireRequest of(ContainerRequestContext request) {
        return new WireRequest(
                request.getMethod(), request.getUriInfo().getRequestUri().getRawPath());
    }

    void keepIn(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }

    static WireRequest in(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof WireRequest wire ? wire : of(request);
    }

    IncomingRequest describe(ContainerRequestContext request, String clientAddress, String peerAddress) {
        return new IncomingRequest(
                method,
                servedPath(request.getUriInfo().getPath()),
                writtenPath,
                name -> lines(request.getHeaders().get(name)),
                connection(request, clientAddress, peerAddress),
                request.getUriInfo().getPathParameters());
    }

    /** Some runtimes begin it with a slash. */
    private static String servedPath(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    private static Connection connection(ContainerRequestContext request, String clientAddress, String peerAddress) {
        return new Connection(
                ServletAddressFilter.isSecure(request),
                clientAddress,
                authority(request),
                ServletAddressFilter.certificatesOf(request),
                peerAddress);
    }

    /** The Host field as the client sent it; HTTP/2 has {@code :authority} instead, which runtimes expose in the address. */
    private static String authority(ContainerRequestContext request) {
        List<String> hosts = lines(request.getHeaders().get("Host"));
        if (hosts.isEmpty()) {
            @Nullable String named = request.getUriInfo().getRequestUri().getRawAuthority();
            return named == null ? "" : named;
        }
        return hosts.size() == 1 ? hosts.get(0) : "";
    }

    private static List<String> lines(@Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    /** Contains nothing: properties get logged, and a path may contain secrets. */
    @Override
    public String toString() {
        return "WireRequest[not shown]";
    }
}
