package io.tokenguard.config;

/**
 * The shape in which an issuer makes its access tokens. Each is a set of rules of its own, and none accepts the other
 * tokens of the same issuer: {@code docs/issuers.md} lists them. A claim that only ID tokens or security events hold is
 * refused in every dialect.
 */
public enum Dialect {
    /** The standard: type {@code at+jwt} and every claim that RFC 9068 §2.2 requires. */
    RFC9068("rfc9068"),
    /** Keycloak: the payload's {@code typ} is {@code Bearer} or {@code DPoP}, the client is in {@code azp}. */
    KEYCLOAK("keycloak"),
    /** Microsoft Entra ID, version 2.0: scopes in {@code scp}; {@code {tenantid}} in the issuer stands for named tenants. */
    ENTRA_ID("entra-id"),
    /** Auth0, both of its token profiles: permissions are read as roles. */
    AUTH0("auth0"),
    /** Okta's custom authorization servers: scopes are a list in {@code scp}, the client is in {@code cid}. */
    OKTA("okta"),
    /** Amazon Cognito user pools: no {@code aud}; the audiences name clients, and {@code token_use} is {@code access}. */
    COGNITO("cognito"),
    /**
     * Any JWT with an issuer, an expiry, an audience and a sign of a client or a scope. Gives up knowing the subject and
     * the identifier.
     */
    GENERIC("generic");

    private final String settingName;

    Dialect(String settingName) {
        this.settingName = settingName;
    }

    /** Its name in properties. */
    public String settingName() {
        return settingName;
    }
}
