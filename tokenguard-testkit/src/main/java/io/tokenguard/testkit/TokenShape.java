package io.tokenguard.testkit;

import java.util.List;
import java.util.Map;

/**
 * Where kinds of authorization servers put things in their access tokens: {@link TestIssuer#token(TokenShape)}. The
 * scopes, the client and the roles of a {@link TokenBuilder} go where this kind of server puts them. Issuer, audience and
 * subject stay those of the issuer under test.
 */
public enum TokenShape {
    /** RFC 9068 §2.2: {@code client_id}, {@code scope}, {@code roles}. */
    RFC9068("client_id", "scope", "roles"),
    /** Keycloak 25 and later: {@code azp}, {@code scope}, {@code realm_access.roles}; the payload has {@code typ}. */
    KEYCLOAK("azp", "scope", "realm_access.roles"),
    /** Microsoft Entra ID, version 2.0, of a user: {@code azp}, {@code scp}, {@code roles}, {@code tid}; scope {@code access_as_user}. */
    ENTRA_ID("azp", "scp", "roles"),
    /** Auth0's own profile: {@code azp}, {@code scope}, {@code permissions} as roles; no {@code jti}; scope {@code openid}. */
    AUTH0("azp", "scope", "permissions"),
    /** Okta's custom authorization servers: {@code cid}, {@code scp} as a list, {@code groups}; no {@code typ}; scope {@code openid}. */
    OKTA("cid", "scp", "groups"),
    /** Amazon Cognito: {@code client_id}, {@code scope}, {@code cognito:groups}; neither {@code aud} nor {@code typ}. */
    COGNITO("client_id", "scope", "cognito:groups");

    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String PERSON = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

    private final String client;
    private final String scopes;
    private final String roles;

    TokenShape(String client, String scopes, String roles) {
        this.client = client;
        this.scopes = scopes;
        this.roles = roles;
    }

    /** What is different from a token of RFC 9068. */
    void start(TokenBuilder token) {
        token.shape(this).withoutClaim("client_id").clientId("test-client");
        switch (this) {
            case RFC9068 -> {}
            case KEYCLOAK ->
                token.type("JWT").claim("typ", "Bearer").claim("sid", PERSON).claim("acr", "1");
            case ENTRA_ID ->
                token.type("JWT")
                        .withoutClaim("jti")
                        .claim("ver", "2.0")
                        .claim("tid", TENANT)
                        .claim("oid", PERSON)
                        .claim("azpacr", "0")
                        .scope("access_as_user");
            case AUTH0 -> token.type("JWT").withoutClaim("jti").scope("openid");
            case OKTA -> token.type(null).claim("ver", 1).claim("uid", "00u1").scope("openid");
            case COGNITO ->
                token.type(null)
                        .withoutClaim("aud")
                        .claim("token_use", "access")
                        .claim("version", 2)
                        .claim("username", "alice");
        }
    }

    void client(TokenBuilder token, String clientId) {
        token.claim(client, clientId);
    }

    void scopes(TokenBuilder token, String... values) {
        token.claim(scopes, this == OKTA ? List.of(values) : String.join(" ", values));
    }

    void roles(TokenBuilder token, String... values) {
        int dot = roles.indexOf('.');
        if (dot < 0) {
            token.claim(roles, List.of(values));
        } else {
            token.claim(roles.substring(0, dot), Map.of(roles.substring(dot + 1), List.of(values)));
        }
    }
}
