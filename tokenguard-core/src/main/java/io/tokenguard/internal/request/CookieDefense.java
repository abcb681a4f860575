package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses requests with a token in a cookie that another site may have caused, in the user's browser and in the user's name
 * (RFC 6265 §8.2, RFC 10017 §6.1.3.3). Does not protect from scripts of the application's own origin. Immutable.
 *
 * @param origins further origins that may send requests, as browsers send them
 * @param acceptsSameSite whether all origins of the same site may
 * @param proofField the field with the proof of clients that send neither Sec-Fetch-Site nor Origin
 * @param customField a field whose presence is enough for these clients; empty if there is none
 */
public record CookieDefense(
        Set<String> origins, boolean acceptsSameSite, String proofField, Optional<String> customField) {
    /** Copies the origins. */
    public CookieDefense {
        origins = Set.copyOf(origins);
    }

    /**
     * Requires that a request with a cookie came over TLS, and that no other site caused it.
     *
     * @param targets finds the API's own origin
     * @throws RefusedException if not
     */
    public void require(IncomingRequest request, PresentedCredentials.Cookie cookie, TargetUriPolicy targets)
            throws RefusedException {
        TransportCheck.requireTls(request, targets);
        RequestCause cause = RequestCause.of(request);
        if (cause.origin().isEmpty() && (cause.site().isEmpty() || RequestCause.isHandshake(request))) {
            requireProof(request, cookie);
        } else if (!isAccepted(request, cause, targets)) {
            throw new RefusedException(
                    RefusalReason.CROSS_SITE_REQUEST, rule(request), () -> explain(request, cause, targets));
        }
    }

    /** Browsers send Origin with every handshake (RFC 6455 §4.1), and not all of them Sec-Fetch-Site. */
    private boolean isAccepted(IncomingRequest request, RequestCause cause, TargetUriPolicy targets)
            throws RefusedException {
        if (cause.site().isEmpty() || RequestCause.isHandshake(request)) {
            return isListed(cause) || cause.origin().equals(own(request, targets));
        }
        return switch (cause.site()) {
            case RequestCause.SAME_ORIGIN -> true;
            case RequestCause.USER -> RequestCause.isSafe(request);
            case RequestCause.SAME_SITE -> acceptsSameSite || isListed(cause) || RequestCause.isNavigation(request);
            case RequestCause.CROSS_SITE -> isListed(cause) || RequestCause.isNavigation(request);
            default -> false;
        };
    }

    private boolean isListed(RequestCause cause) {
        return origins.contains(cause.origin());
    }

    private static String own(IncomingRequest request, TargetUriPolicy targets) throws RefusedException {
        return targets.of(request).origin();
    }

    private void requireProof(IncomingRequest request, PresentedCredentials.Cookie cookie) throws RefusedException {
        if (RequestCause.isSafe(request)) {
            return;
        }
        List<String> proofs = request.headers().valuesOf(proofField);
        boolean isProven = proofs.isEmpty()
                ? customField.filter(name -> isSent(request, name)).isPresent()
                : proofs.size() == 1 && CsrfProof.isFor(cookie.token(), proofs.get(0));
        if (!isProven) {
            throw new RefusedException(
                    RefusalReason.CSRF_PROOF_MISSING, rule(request), () -> explain(!proofs.isEmpty()));
        }
    }

    private static boolean isSent(IncomingRequest request, String name) {
        return request.headers().valuesOf(name).stream().anyMatch(value -> !value.isBlank());
    }

    private Finding explain(boolean hasProof) {
        return Finding.of(
                        hasProof
                                ? "a proof in " + proofField + " that is not that of the token"
                                : "no Sec-Fetch-Site, no Origin and no " + proofField,
                        "Sec-Fetch-Site, Origin, or the proof of the token in " + proofField)
                .by("tokenguard.cookie.csrf-field");
    }

    private static Finding explain(IncomingRequest request, RequestCause cause, TargetUriPolicy targets) {
        return Finding.of(
                        cause.describe(),
                        "a request of the API's own origin by " + targets.source(request) + ", or of an allowed one")
                .by("tokenguard.cookie.allowed-origins", "tokenguard.resource.uri");
    }

    private static String rule(IncomingRequest request) {
        return RequestCause.isHandshake(request) ? "handshake" : "";
    }
}
