package io.tokenguard.testkit;

import java.util.List;

/** What a {@link TestIssuer} serves. */
public enum TestEndpoint {
    /** The key set (RFC 7517 §5), at the issuer identifier followed by {@code /jwks}. */
    JWKS,
    /** The metadata at the place of OpenID Connect Discovery 1.0 §4: the well-known path follows the issuer. */
    OIDC_DISCOVERY,
    /** The metadata at the place of RFC 8414 §3.1: the well-known path stands between host and path of the issuer. */
    OAUTH_DISCOVERY,
    /** The status list (draft-ietf-oauth-status-list), at the issuer identifier followed by {@code /statuslists/1}. */
    STATUS_LIST,

    /** The introspection endpoint (RFC 7662), for POST, at the issuer identifier followed by {@code /introspect}. */
    INTROSPECTION;

    /** The methods that are served. */
    List<String> methods() {
        return this == INTROSPECTION ? List.of("POST") : List.of("GET", "HEAD");
    }

    /** The path of this endpoint for an issuer with this path, without its trailing slash. */
    String pathUnder(String issuerPath) {
        return switch (this) {
            case JWKS -> issuerPath + "/jwks";
            case OIDC_DISCOVERY -> issuerPath + "/.well-known/openid-configuration";
            case STATUS_LIST -> issuerPath + "/statuslists/1";
            case INTROSPECTION -> issuerPath + "/introspect";
            case OAUTH_DISCOVERY -> "/.well-known/oauth-authorization-server" + issuerPath;
        };
    }
}
