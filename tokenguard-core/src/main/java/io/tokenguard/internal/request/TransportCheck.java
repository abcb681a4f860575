package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Accepts tokens only over TLS (RFC 6750 §5.2) or from this machine, where a proxy may terminate TLS. */
public final class TransportCheck {
    private static final Pattern LOOPBACK =
            Pattern.compile("(::ffff:)?127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1", Pattern.CASE_INSENSITIVE);

    private static final String TLS = "TLS, or X-Forwarded-Proto: https from a trusted proxy";
    private static final String OR_LOCAL = ", or a request from this machine";
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
            String rule = request.clientAddress().isEmpty() ? ADDRESS_UNKNOWN : "";
            throw new RefusedException(
                    RefusalReason.TRANSPORT_INSECURE, rule, () -> explain(request, targets, TLS + OR_LOCAL));
        }
    }

    /**
     * Requires that a request came over TLS, as its connection or a trusted proxy states. This machine is no exception: browsers
     * send a cookie with a prefix over TLS only.
     *
     * @param targets reads what a trusted proxy states about the request
     * @throws RefusedException if it did not
     */
    static void requireTls(IncomingRequest request, TargetUriPolicy targets) throws RefusedException {
        if (!targets.isSecureByProxy(request).orElseGet(request::isSecure)) {
            throw new RefusedException(
                    RefusalReason.TRANSPORT_INSECURE, "cookie", () -> explain(request, targets, TLS));
        }
    }

    private static Finding explain(IncomingRequest request, TargetUriPolicy targets, String expected) {
        String peer = request.peerAddress().isEmpty() ? "an unknown address" : request.peerAddress();
        Finding finding = Finding.of("plain http from " + peer, expected);
        boolean isForwarded = Stream.of("X-Forwarded-Proto", "Forwarded")
                .anyMatch(name -> !request.headers().valuesOf(name).isEmpty());
        return isForwarded && !targets.isProxied(request)
                ? finding.hint("the request has forwarding fields, and " + peer
                        + " is not a trusted proxy; if it is your proxy: tokenguard.trusted-proxies=" + peer)
                : finding;
    }

    /** A container may take the client's address from a field that the client wrote, but not the peer's, if it reports it. */
    private static boolean isFromThisMachine(IncomingRequest request) {
        String peer = request.peerAddress();
        return LOOPBACK.matcher(request.clientAddress()).matches()
                && (peer.isEmpty() || LOOPBACK.matcher(peer).matches());
    }
}
