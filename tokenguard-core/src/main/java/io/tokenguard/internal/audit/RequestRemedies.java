package io.tokenguard.internal.audit;

import io.tokenguard.access.RefusalReason;
import java.util.List;

/** The guide to refusals of requests, before a token is read, and to those of the route's requirement. */
final class RequestRemedies {
    private RequestRemedies() {}

    static RefusalGuide ofRequest(RefusalReason reason) {
        return switch (reason) {
            case PATH_REJECTED ->
                new RefusalGuide(
                        "an ambiguous path",
                        "a path without empty or dot segments, path parameters, encoded slashes or control characters",
                        List.of(),
                        "Send the path in its plain form. No setting accepts ambiguous paths.");
            case METHOD_REJECTED ->
                new RefusalGuide(
                        "TRACE",
                        "another method than TRACE",
                        List.of(),
                        "Do not send TRACE. No setting accepts it: its answer would contain the token.");
            case TARGET_UNKNOWN ->
                new RefusalGuide(
                        "no unambiguous host, scheme and port",
                        "one Host field, and at most one value in each forwarding field",
                        List.of("tokenguard.resource.uri", "tokenguard.resource.hosts", "tokenguard.trusted-proxies"),
                        "Set tokenguard.resource.uri to the public address of this API, or tokenguard.resource.hosts to its"
                                + " hosts. Let the proxy overwrite forwarding fields instead of adding to them.");
            case TRANSPORT_INSECURE ->
                new RefusalGuide(
                        "plain http",
                        "TLS, or X-Forwarded-Proto: https from a trusted proxy",
                        List.of("tokenguard.trusted-proxies", "tokenguard.allow-insecure-http"),
                        "If a proxy terminates TLS, set tokenguard.trusted-proxies to its address and let it send"
                                + " X-Forwarded-Proto. If not, use TLS.");
            case NO_CREDENTIALS ->
                new RefusalGuide(
                        "no Authorization field with the scheme Bearer or DPoP",
                        "Authorization: Bearer TOKEN, or Authorization: DPoP TOKEN",
                        List.of("tokenguard.dpop.mode"),
                        "Send the token in the Authorization field. If a proxy removes the field, let it through. If no"
                                + " token is needed, declare the route public, or annotate the handler with @PermitAll.");
            case CREDENTIAL_SYNTAX ->
                new RefusalGuide(
                        "an Authorization field that is not a scheme and one token",
                        "the scheme, a space and one token (RFC 6750 section 2.1)",
                        List.of(),
                        "Look for quotes, commas, line ends or a second word in the field that the client sends.");
            case MULTIPLE_CREDENTIALS ->
                new RefusalGuide(
                        "several fields with credentials",
                        "one field with credentials",
                        List.of(),
                        "Find out who adds the second field: the client, or a proxy in between.");
            case CREDENTIALS_MISPLACED ->
                new RefusalGuide(
                        "a token in the field or cookie of another issuer",
                        "the token in the Authorization field, or in a field or cookie of its issuer",
                        List.of("tokenguard.credentials.header", "tokenguard.credentials.cookie"),
                        "Send the token in the Authorization field, or in the field or cookie that is set for its issuer.");
            case COOKIE_MALFORMED ->
                new RefusalGuide(
                        "a cookie whose value is not a token",
                        "the token alone, as it is",
                        List.of("tokenguard.credentials.cookie"),
                        "Let the login set the cookie to the token itself: without quotes, percent-encoding and scheme, and"
                                + " not encrypted.");
            case CROSS_SITE_REQUEST ->
                new RefusalGuide(
                        "a request that another site or origin caused",
                        "a request of the API's own origin, or of an allowed one",
                        List.of(
                                "tokenguard.cookie.allowed-origins",
                                "tokenguard.cookie.accept-same-site",
                                "tokenguard.resource.uri",
                                "tokenguard.trusted-proxies"),
                        "If the application is at another origin, add that to tokenguard.cookie.allowed-origins. If it is at"
                                + " the API's own origin, set tokenguard.resource.uri to its public address. Otherwise this"
                                + " was an attack, or a link to something that is not for links.");
            case CSRF_PROOF_MISSING ->
                new RefusalGuide(
                        "no Sec-Fetch-Site, no Origin and no proof",
                        "Sec-Fetch-Site, Origin, or the proof in the field of tokenguard.cookie.csrf-field",
                        List.of("tokenguard.cookie.csrf-field", "tokenguard.cookie.accept-custom-field"),
                        "If a proxy removes Origin or Sec-Fetch-Site, let them through. For a client that sends neither, send"
                                + " the proof, or let the client send the token in the Authorization field.");
            default -> RefusalGuide.NONE;
        };
    }

    static RefusalGuide ofAuthorization(RefusalReason reason) {
        List<String> routes = List.of("tokenguard.routes");
        return switch (reason) {
            case SCOPE_INSUFFICIENT ->
                new RefusalGuide(
                        "no such scope",
                        "a scope that the route or the annotation demands",
                        List.of("tokenguard.routes", "tokenguard.scope-claim", "tokenguard.scope-hierarchy"),
                        "Let the client request the scope, and the issuer grant it. If found is empty although the token has"
                                + " scopes, set tokenguard.scope-claim to the claim that has them.");
            case ROLE_INSUFFICIENT ->
                new RefusalGuide(
                        "no such role",
                        "a role that the route or the annotation demands",
                        List.of("tokenguard.routes", "tokenguard.roles-claim"),
                        "Give the user or client the role. If found is empty although the token has roles, set"
                                + " tokenguard.roles-claim to the claim that has them.");
            case DETAILS_INSUFFICIENT ->
                new RefusalGuide(
                        "no such authorization detail",
                        "an authorization detail that the route demands",
                        List.of("tokenguard.routes", "tokenguard.resource.uri"),
                        "Let the client request the authorization details (RFC 9396). An entry with locations must name"
                                + " tokenguard.resource.uri.");
            case POLICY_DENIED ->
                new RefusalGuide(
                        "a rule of the application that returned false",
                        "true",
                        routes,
                        "If expected is a condition of the route, compare it with found: a claim that is missing or of"
                                + " another type meets neither the condition nor its negation. Otherwise read the rule of"
                                + " the application that detail names.");
            case NETWORK_DENIED ->
                new RefusalGuide(
                        "a denied or uncertain client address",
                        "an address outside of the denied networks",
                        List.of("tokenguard.deny.networks", "tokenguard.trusted-proxies"),
                        "If the client should be served, remove its network from the list. If its address is uncertain, set"
                                + " tokenguard.trusted-proxies to the proxies in front of this API.");
            case CLIENT_DENIED ->
                new RefusalGuide(
                        "a denied client",
                        "another client",
                        List.of("tokenguard.deny.clients"),
                        "If the client should be served, remove it from the list.");
            case RULE_FAILED ->
                new RefusalGuide(
                        "a rule of the application that threw an exception",
                        "true or false",
                        routes,
                        "Read the error of the logger io.tokenguard.TokenGuard, and correct the rule that detail names.");
            case BINDING_INSUFFICIENT ->
                new RefusalGuide(
                        "a token that is not bound to its sender",
                        "a sender-constrained token",
                        List.of("tokenguard.routes", "tokenguard.dpop.mode", "tokenguard.mtls.mode"),
                        "Let the client request a token with a DPoP proof or a client certificate. If a bearer token is enough,"
                                + " change the route or the annotation.");
            case STEP_UP_REQUIRED ->
                new RefusalGuide(
                        "an authentication that is too weak or too old",
                        "an authentication that the route or the annotation demands",
                        List.of("tokenguard.routes", "tokenguard.acr-order"),
                        "The client must send the user to the issuer again, with acr_values or max_age of the challenge"
                                + " (RFC 9470). The issuer must put acr and auth_time into access tokens.");
            case ACCESS_DENIED ->
                new RefusalGuide(
                        "a route or an annotation that is closed to everyone",
                        "nobody",
                        routes,
                        "Change the route or the annotation (@DenyAll) if it should be open.");
            case NO_MATCHING_ROUTE ->
                new RefusalGuide(
                        "a method and path that no route and no annotation covers",
                        "a route or an annotation that covers them",
                        routes,
                        "Add a route, or an annotation such as @Authenticated to the handler that decided_by names (Spring,"
                                + " Jakarta REST). Routes are matched on the path without the context path of the application.");
            case RATE_LIMIT_EXCEEDED ->
                new RefusalGuide(
                        "more requests than the limit that detail names",
                        "fewer requests, or a higher limit",
                        List.of("tokenguard.limits"),
                        "Let the client wait as Retry-After says. If its requests are legitimate, raise the limit that"
                                + " detail names.");
            case LIMIT_STORE_UNAVAILABLE ->
                new RefusalGuide(
                        "an unknown number of requests",
                        "a store that answers",
                        List.of("tokenguard.limit-outage", "tokenguard.revocation.redis-uri"),
                        "Make the store reachable. With tokenguard.limit-outage = fail-open, each node counts its own"
                                + " requests meanwhile.");
            default -> WriteRemedies.of(reason);
        };
    }
}
