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
    INTROSPECTION,
    /** The authorization endpoint (RFC 6749 §3.1), for GET and POST, at the issuer identifier followed by {@code /authorize}. */
    AUTHORIZATION,
    /** The token endpoint (RFC 6749 §3.2), for POST, at the issuer identifier followed by {@code /token}. */
    TOKEN,
    /** The endpoint for pushed authorization requests (RFC 9126 §2), for POST, at the issuer identifier followed by {@code /par}. */
    PUSHED_AUTHORIZATION,
    /** The revocation endpoint (RFC 7009 §2), for POST, at the issuer identifier followed by {@code /revoke}. */
    REVOCATION;

    /** The methods that are served. */
    List<String> methods() {
        return switch (this) {
            case INTROSPECTION, TOKEN, PUSHED_AUTHORIZATION, REVOCATION -> List.of("POST");
            case AUTHORIZATION -> List.of("GET", "POST");
            case JWKS, OIDC_DISCOVERY, OAUTH_DISCOVERY, STATUS_LIST -> List.of("GET", "HEAD");
        };
    }

    /** The path of this endpoint for an issuer with this path, without its trailing slash. */
    String pathUnder(String issuerPath) {
        return switch (this) {
            case JWKS -> issuerPath + "/jwks";
            case OIDC_DISCOVERY -> issuerPath + "/.well-known/openid-configuration";
            case STATUS_LIST -> issuerPath + "/statuslists/1";
            case INTROSPECTION -> issuerPath + "/introspect";
            case AUTHORIZATION -> issuerPath + "/authorize";
            case TOKEN -> issuerPath + "/token";
            case PUSHED_AUTHORIZATION -> issuerPath + "/par";
            case REVOCATION -> issuerPath + "/revoke";
            case OAUTH_DISCOVERY -> "/.well-known/oauth-authorization-server" + issuerPath;
        };
    }
}
