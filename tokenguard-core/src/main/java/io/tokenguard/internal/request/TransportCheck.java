package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.regex.Pattern;

/** Accepts tokens only over TLS (RFC 6750 §5.2) or from this machine, where a proxy may terminate TLS. */
public final class TransportCheck {
    private static final Pattern LOOPBACK =
            Pattern.compile("(::ffff:)?127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1", Pattern.CASE_INSENSITIVE);

    private static final String ADDRESS_UNKNOWN = "client_address_unknown";

    private TransportCheck() {}

    /**
     * Requires that a request came over TLS or from this machine.
     *
     * @param targets reads what a trusted proxy states about the request
     * @throws RefusedException if it did not; the detail says if the runtime reported no client address
     */
    public static void requireSecure(IncomingRequest request, TargetUriPolicy targets) throws RefusedException {
        // A proxy on this machine may have remote clients: only its statement counts.
        boolean isSafe =
                targets.isSecureByProxy(request).orElseGet(() -> request.isSecure() || isFromThisMachine(request));
        if (!isSafe) {
            throw request.clientAddress().isEmpty()
                    ? new RefusedException(RefusalReason.TRANSPORT_INSECURE, ADDRESS_UNKNOWN)
                    : new RefusedException(RefusalReason.TRANSPORT_INSECURE);
        }
    }

    /** A container may take the client's address from a field that the client wrote, but not the peer's, if it reports it. */
    private static boolean isFromThisMachine(IncomingRequest request) {
        String peer = request.peerAddress();
        return LOOPBACK.matcher(request.clientAddress()).matches()
                && (peer.isEmpty() || LOOPBACK.matcher(peer).matches());
    }
}
