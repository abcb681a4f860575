package io.tokenguard.internal.audit;

import io.tokenguard.access.RefusalReason;
import java.util.List;

/** The guide to refusals by introspection, proof of possession, revocation and failures. */
final class SenderRemedies {
    private SenderRemedies() {}

    static RefusalGuide ofIntrospection(RefusalReason reason) {
        return switch (reason) {
            case TOKEN_INACTIVE ->
                new RefusalGuide(
                        "active is not true",
                        "active: true",
                        List.of("tokenguard.introspection.uri"),
                        "The token is expired, revoked, or of another issuer. If all tokens are inactive, check"
                                + " that the client of this API may introspect them.");
            case INTROSPECTION_UNAVAILABLE ->
                new RefusalGuide(
                        "no answer of the introspection endpoint",
                        "an answer",
                        List.of(
                                "tokenguard.introspection.uri",
                                "tokenguard.introspection.timeout",
                                "tokenguard.introspection.outage-grace"),
                        "Make the endpoint reachable. The cause is in found, and in TokenGuard.health().");
            case ANSWER_REQUIRED ->
                new RefusalGuide(
                        "an issuer whose tokens are not introspected",
                        "an issuer with introspection",
                        List.of("tokenguard.introspection.uri", "tokenguard.routes"),
                        "Set tokenguard.introspection.uri for this issuer, or remove fresh from the route.");
            case ANSWER_TOO_LARGE ->
                new RefusalGuide(
                        "a larger answer",
                        "an answer within the limits for claims",
                        List.of(),
                        "Let the issuer answer with fewer members for this API.");
            case INTROSPECTION_INVALID ->
                new RefusalGuide(
                        "an answer that is not signed as required",
                        "a signed answer (RFC 9701)",
                        List.of("tokenguard.introspection.signed-answers"),
                        "Let the issuer sign answers for the client of this API, with a key of its key set.");
            default -> RefusalGuide.NONE;
        };
    }

    static RefusalGuide ofPossession(RefusalReason reason) {
        return switch (reason) {
            case BINDING_REQUIRED ->
                new RefusalGuide(
                        "a token that is not bound to its sender",
                        "a token that is bound by cnf",
                        List.of("tokenguard.dpop.mode", "tokenguard.mtls.mode"),
                        "Let the client request a token with a DPoP proof or a client certificate. Only if"
                                + " bearer tokens are acceptable: set the mode to supported.");
            case BINDING_UNSUPPORTED ->
                new RefusalGuide(
                        "a binding that cannot be checked here",
                        "cnf with jkt or x5t#S256, switched on",
                        List.of("tokenguard.dpop.mode", "tokenguard.mtls.mode"),
                        "Set the mode of the binding to supported.");
            case BINDING_DOWNGRADE ->
                new RefusalGuide(
                        "a bound token under the scheme Bearer",
                        "Authorization: DPoP TOKEN, with a proof in the field DPoP",
                        List.of(),
                        "Let the client send the token with the scheme DPoP and a proof. If the client does, a"
                                + " proxy may have changed the field.");
            case BINDING_MISSING ->
                new RefusalGuide(
                        "no binding or no certificate",
                        "a token and a sender that are bound alike",
                        List.of(),
                        "For jkt: send an unbound token with the scheme Bearer. For x5t#S256: let the proxy pass"
                                + " the client certificate on, set tokenguard.mtls.client-cert-header and"
                                + " tokenguard.trusted-proxies.");
            case BINDING_MISMATCH ->
                new RefusalGuide(
                        "another key or certificate",
                        "the key or certificate in cnf",
                        List.of(),
                        "The client uses another key than the one it requested the token with. If it does not,"
                                + " the token may be stolen.");
            case BINDING_AMBIGUOUS ->
                new RefusalGuide(
                        "several client certificates, or one that is too long",
                        "one client certificate",
                        List.of("tokenguard.mtls.client-cert-header", "tokenguard.trusted-proxies"),
                        "Let the proxy overwrite the field instead of adding to it, and send one certificate"
                                + " without its chain.");
            case PROOF_INVALID ->
                new RefusalGuide(
                        "a proof that breaks the rule in detail",
                        "a proof for this request, token and time (RFC 9449 section 4.3)",
                        List.of(),
                        "For htu: set tokenguard.resource.uri to the address that clients use. For time: compare"
                                + " the clocks of client and API.");
            case PROOF_REPLAYED ->
                new RefusalGuide(
                        "a proof that was used before",
                        "a new proof for each request",
                        List.of(),
                        "Let the client make a proof for each request, retries included. If it does, somebody"
                                + " replays its proofs.");
            case NONCE_REQUIRED ->
                new RefusalGuide(
                        "no current nonce",
                        "the nonce of the field DPoP-Nonce",
                        List.of("tokenguard.dpop.nonce", "tokenguard.dpop.nonce-secret"),
                        "Normal once per client and period: it repeats the request with the nonce. If it repeats"
                                + " forever, the nodes have different nonce secrets.");
            case REPLAY_STORE_UNAVAILABLE ->
                new RefusalGuide(
                        "an unknown state of the proof",
                        "a store that answers",
                        List.of("tokenguard.revocation.redis-uri", "tokenguard.dpop.replay-capacity"),
                        "Make the store reachable, or raise tokenguard.dpop.replay-capacity if detail says so.");
            default -> RefusalGuide.NONE;
        };
    }

    static RefusalGuide ofState(RefusalReason reason) {
        return switch (reason) {
            case REVOKED ->
                new RefusalGuide(
                        "a revoked token",
                        "a token that was not revoked",
                        List.of(),
                        "Let the user or client get a new token. What was revoked, when and by whom is in found.");
            case REVOCATION_UNKNOWN ->
                new RefusalGuide(
                        "an unknown state of revocations",
                        "a store or status list that answers",
                        List.of(
                                "tokenguard.revocation.outage",
                                "tokenguard.revocation.outage-after",
                                "tokenguard.revocation.capacity",
                                "tokenguard.status-list.outage-ttl"),
                        "Make the store or the status list reachable. The cause is in TokenGuard.health().");
            case INTERNAL_FAILURE ->
                new RefusalGuide(
                        "an unexpected exception",
                        "no exception",
                        List.of(),
                        "Read the error of the logger io.tokenguard.TokenGuard. It names a class and a line;"
                                + " report it unless it is your own part.");
            default -> RefusalGuide.NONE;
        };
    }
}
