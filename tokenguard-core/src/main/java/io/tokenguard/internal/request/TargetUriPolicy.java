package io.tokenguard.internal.request;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.HeaderFields;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Tells which address a client has sent its request to: by the public address that is configured, or by what a proxy says
 * that is declared to be trusted, or by the request itself. Fields of anybody else are not looked at, and what is ambiguous
 * is refused.
 *
 * @param publicAddress the API's own public address; empty where it is not configured
 * @param trustedProxies the proxies whose forwarding fields count
 */
public record TargetUriPolicy(Optional<URI> publicAddress, List<AddressRange> trustedProxies) {
    /** Copies the list. */
    public TargetUriPolicy {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Whether a request comes from a proxy that is declared to be trusted. */
    public boolean isProxied(IncomingRequest request) {
        return trustedProxies.stream().anyMatch(proxy -> proxy.holds(request.clientAddress()));
    }

    /**
     * What a trusted proxy says of whether a client has sent its request over TLS; empty where none says anything.
     *
     * @throws RefusedException if it says it ambiguously
     */
    Optional<Boolean> isSecureByProxy(IncomingRequest request) throws RefusedException {
        return forwarding(request).scheme().map("https"::equalsIgnoreCase);
    }

    /**
     * The address.
     *
     * @throws RefusedException if it can't be told
     */
    public TargetUri of(IncomingRequest request) throws RefusedException {
        Forwarding forwarding = forwarding(request);
        String path = forwarding.prefix().orElse("") + request.writtenPath();
        Optional<TargetUri> target = publicAddress.isPresent()
                ? below(publicAddress.get(), path)
                : TargetUri.of(scheme(request, forwarding), authority(request, forwarding), path);
        return target.orElseThrow(() -> new RefusedException(RefusalReason.TARGET_UNKNOWN));
    }

    private Forwarding forwarding(IncomingRequest request) throws RefusedException {
        HeaderFields headers = request.headers();
        return isProxied(request) ? Forwarding.read(headers) : Forwarding.NONE;
    }

    private static String scheme(IncomingRequest request, Forwarding forwarding) {
        return forwarding.scheme().orElse(request.isSecure() ? "https" : "http");
    }

    private static String authority(IncomingRequest request, Forwarding forwarding) {
        return forwarding
                .authority()
                .or(() -> Authority.read(request.connection().authority()).map(own -> own.withPort(forwarding.port())))
                .map(Authority::text)
                .orElse("");
    }

    /** A proxy may have taken the path of the public address away, or left it. */
    private static Optional<TargetUri> below(URI address, String path) {
        String base = address.getRawPath().endsWith("/")
                ? address.getRawPath().substring(0, address.getRawPath().length() - 1)
                : address.getRawPath();
        boolean isBelow = path.equals(base) || path.startsWith(base + "/");
        return TargetUri.of(address.getScheme(), address.getRawAuthority(), isBelow ? path : base + path);
    }
}
