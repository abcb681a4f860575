package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.List;
import java.util.regex.Pattern;

/** Accepts tokens only over TLS (RFC 6750 §5.2) or from this machine, where a proxy may terminate TLS. */
public final class TransportCheck {
    private static final Pattern LOOPBACK =
            Pattern.compile("(::ffff:)?127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1", Pattern.CASE_INSENSITIVE);

    private static final String ADDRESS_UNKNOWN = "client_address_unknown";

    private static final List<String> FORWARDING = List.of("Forwarded", "X-Forwarded-Proto");

    private static final String PROXY_UNKNOWN =
            "forwarding fields of a peer that is not in tokenguard.trusted-proxies are ignored; add the proxy's address there";

    private TransportCheck() {}

    /**
     * Requires that a request came over TLS or from this machine.
     *
     * @param targets reads what a trusted proxy states about the request
     * @throws RefusedException if it did not; the detail says if the runtime reported no client address
     */
    public static void requireSecure(IncomingRequest request, TargetUriPolicy targets) throws RefusedException {
        // Where a proxy stands on this machine, its clients need not: what it says of them counts alone.
        boolean isSafe =
                targets.isSecureByProxy(request).orElseGet(() -> request.isSecure() || isFromThisMachine(request));
        if (!isSafe) {
            throw insecure(request, targets);
        }
    }

    private static RefusedException insecure(IncomingRequest request, TargetUriPolicy targets) {
        if (request.clientAddress().isEmpty()) {
            return new RefusedException(RefusalReason.TRANSPORT_INSECURE, ADDRESS_UNKNOWN);
        }
        boolean isIgnored = !targets.isProxied(request)
                && FORWARDING.stream()
                        .anyMatch(name -> !request.headers().valuesOf(name).isEmpty());
        return isIgnored
                ? new RefusedException(RefusalReason.TRANSPORT_INSECURE, PROXY_UNKNOWN)
                : new RefusedException(RefusalReason.TRANSPORT_INSECURE);
    }

    /** A container may take the client's address from a field that the client wrote, but not the peer's, if it tells it. */
    private static boolean isFromThisMachine(IncomingRequest request) {
        String peer = request.peerAddress();
        return LOOPBACK.matcher(request.clientAddress()).matches()
                && (peer.isEmpty() || LOOPBACK.matcher(peer).matches());
    }
}
