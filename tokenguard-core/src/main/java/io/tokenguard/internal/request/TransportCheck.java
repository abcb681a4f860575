package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.regex.Pattern;

/** Lets tokens in over TLS only (RFC 6750 §5.2), or from this machine, where a terminator of TLS may stand. */
public final class TransportCheck {
    private static final Pattern LOOPBACK =
            Pattern.compile("(::ffff:)?127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1", Pattern.CASE_INSENSITIVE);

    private TransportCheck() {}

    /**
     * Requires a request to have come over TLS or from this machine.
     *
     * @param targets tells what a trusted proxy says of it
     * @throws RefusedException if it did not
     */
    public static void requireSecure(IncomingRequest request, TargetUriPolicy targets) throws RefusedException {
        // Where a proxy stands on this machine, its clients need not: what it says of them counts alone.
        boolean isSafe =
                targets.isSecureByProxy(request).orElseGet(() -> request.isSecure() || isFromThisMachine(request));
        if (!isSafe) {
            throw new RefusedException(RefusalReason.TRANSPORT_INSECURE);
        }
    }

    /** A container may take the client's address from a field that the client wrote, but not the peer's, if it tells it. */
    private static boolean isFromThisMachine(IncomingRequest request) {
        String peer = request.peerAddress();
        return LOOPBACK.matcher(request.clientAddress()).matches()
                && (peer.isEmpty() || LOOPBACK.matcher(peer).matches());
    }
}
