package io.tokenguard.internal.request;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.HeaderFields;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Finds the address to which a client sent its request: the configured public address, or the host that a trusted proxy or
 * the request itself states. Ignores fields of other peers, and refuses ambiguous ones. If hosts are configured, the stated
 * host must be one of them, or that of the public address.
 *
 * @param publicAddress the API's own public address; empty if it is not configured
 * @param hosts the hosts of the API, each with its port unless that is the default of the scheme; empty if they are not
 *     configured
 * @param trustedProxies the proxies whose forwarding fields are trusted
 */
public record TargetUriPolicy(Optional<URI> publicAddress, List<String> hosts, List<AddressRange> trustedProxies) {
    /** Copies the lists, and encodes letters outside ASCII in the address as clients do (RFC 3987 §3.1). */
    public TargetUriPolicy {
        publicAddress = publicAddress.map(address -> URI.create(address.toASCIIString()));
        hosts = List.copyOf(hosts);
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Whether a text is one host, with an optional port: ASCII, without user info, path, {@code *} or a trailing dot. */
    public static boolean isHost(String text) {
        return Authority.read(text)
                .filter(read -> !read.host().endsWith(".") && !text.endsWith(":"))
                .isPresent();
    }

    /** Whether the configuration, and not only the request, determines the API's own address. */
    public boolean isConfigured() {
        return publicAddress.isPresent() || !hosts.isEmpty();
    }

    /**
     * Refuses a DPoP-bound token if a requirement accepts that binding, but only the request states the address that its
     * proof must have.
     *
     * @throws RefusedException if the requirement accepts it and no address is configured
     */
    public void requireConfigured(AccessToken token, AccessRequirement requirement) throws RefusedException {
        if (!isConfigured()
                && token.confirmation().bindings().contains(Binding.DPOP)
                && requirement.acceptsBinding(Binding.DPOP)) {
            throw new RefusedException(
                    RefusalReason.TARGET_UNKNOWN,
                    "the rule requires a proof; set tokenguard.resource.uri or tokenguard.resource.hosts",
                    () -> Finding.of("neither is set", "the public address of this API, or its hosts")
                            .by("tokenguard.resource.uri", "tokenguard.resource.hosts"));
        }
    }

    /** Whether a request comes from a trusted proxy. */
    public boolean isProxied(IncomingRequest request) {
        return trustedProxies.stream().anyMatch(proxy -> proxy.holds(request.peerAddress()));
    }

    /**
     * Whether a trusted proxy states that the client used TLS; empty if no proxy states anything.
     *
     * @throws RefusedException if its statement is ambiguous
     */
    Optional<Boolean> isSecureByProxy(IncomingRequest request) throws RefusedException {
        return forwarding(request).scheme().map("https"::equals);
    }

    /**
     * The address.
     *
     * @throws RefusedException if it can't be determined
     */
    public TargetUri of(IncomingRequest request) throws RefusedException {
        Forwarding forwarding = forwarding(request);
        String path = forwarding.prefix().orElse("") + request.writtenPath();
        Optional<TargetUri> target = publicAddress.isPresent() && hosts.isEmpty()
                ? below(publicAddress.get(), path)
                : byHost(request, forwarding, path);
        return target.orElseThrow(() -> new RefusedException(
                RefusalReason.TARGET_UNKNOWN,
                "",
                () -> Finding.of("host " + request.connection().authority(), "one Host field with a host and a port")));
    }

    private Optional<TargetUri> byHost(IncomingRequest request, Forwarding forwarding, String path)
            throws RefusedException {
        Optional<TargetUri> named = TargetUri.of(scheme(request, forwarding), authority(request, forwarding), path);
        if (named.isEmpty() || hosts.isEmpty()) {
            return named;
        }
        Optional<TargetUri> own = publicAddress.flatMap(address -> below(address, path));
        if (own.filter(address -> address.authority().equals(named.get().authority()))
                .isPresent()) {
            return own;
        }
        if (hosts.stream().noneMatch(named.get()::isAt)) {
            throw new RefusedException(
                    RefusalReason.TARGET_UNKNOWN,
                    "host is not in tokenguard.resource.hosts",
                    () -> Finding.of(named.get().authority(), hosts).by("tokenguard.resource.hosts"));
        }
        return named;
    }

    /** Where {@link #of} takes scheme and host from, for the operator. */
    public String source(IncomingRequest request) {
        if (publicAddress.isPresent()) {
            return "tokenguard.resource.uri";
        }
        return isProxied(request) ? "the forwarding fields of the trusted proxy" : "the Host field";
    }

    private Forwarding forwarding(IncomingRequest request) throws RefusedException {
        HeaderFields headers = request.headers();
        return isProxied(request) ? Forwarding.read(headers, trustedProxies) : Forwarding.NONE;
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
    private static Optional<TargetUri> below(URI address, String written) {
        String base = normal(
                address.getRawPath().endsWith("/")
                        ? address.getRawPath().substring(0, address.getRawPath().length() - 1)
                        : address.getRawPath());
        String path = normal(written);
        boolean isBelow = path.equals(base) || path.startsWith(base + "/");
        return TargetUri.of(address.getScheme(), address.getRawAuthority(), isBelow ? path : base + path);
    }

    /** Two writings of the same letters are one path (RFC 3986 §6.2.2). */
    private static String normal(String path) {
        return path.isEmpty() ? path : PathForm.normalise(path).orElse(path);
    }
}
