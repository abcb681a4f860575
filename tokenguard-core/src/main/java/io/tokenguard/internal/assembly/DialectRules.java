package io.tokenguard.internal.assembly;

import io.tokenguard.config.Dialect;
import io.tokenguard.internal.claims.ClaimRule;
import io.tokenguard.internal.claims.TokenShape;
import java.util.List;
import java.util.Set;

/**
 * The settings that a dialect stands for.
 *
 * @param types accepted types; an empty text means tokens without a type
 * @param scopeClaims paths to the scopes
 * @param rolesClaims paths to the roles; empty if none are read
 * @param shape the claims of access tokens
 */
record DialectRules(Set<String> types, List<String> scopeClaims, List<String> rolesClaims, TokenShape shape) {
    static final Set<String> ACCESS_TOKEN = Set.of("at+jwt");
    static final Set<String> ANY_JWT = Set.of("at+jwt", "jwt");
    static final Set<String> JWT_OR_NONE = Set.of("at+jwt", "jwt", "");
    static final List<String> SCOPE = List.of("scope");

    static DialectRules of(Dialect dialect) {
        return switch (dialect) {
            case AUTO, RFC9068 -> rfc9068();
            case GENERIC -> generic();
            case KEYCLOAK -> keycloak();
            case ENTRA_ID -> entraId();
            case AUTH0 -> auth0();
            case OKTA -> okta();
            case COGNITO -> cognito();
            case ENTRA_ID_V1,
                    AZURE_B2C,
                    SPRING_AUTHORIZATION_SERVER,
                    ZITADEL,
                    AUTHENTIK,
                    PING,
                    FORGEROCK,
                    HYDRA,
                    DUENDE -> ServerDialects.of(dialect);
            case XSUAA, FUSIONAUTH, SALESFORCE, SUPABASE, CLERK, WORKOS, DESCOPE, FIREBASE, MICROPROFILE ->
                PlatformDialects.of(dialect);
            case KUBERNETES, SPIFFE, GITHUB_ACTIONS, GITLAB_CI, AWS_STS, GOOGLE -> WorkloadDialects.of(dialect);
        };
    }

    /** RFC 9068 §2.2 and §2.2.3.1. */
    private static DialectRules rfc9068() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "client_id", "iat", "jti")
                .clientIn("client_id");
        return new DialectRules(ACCESS_TOKEN, SCOPE, List.of("roles"), shape);
    }

    /** Requires a marker, so that no other JWT is accepted if the type is not checked. */
    private static DialectRules generic() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud")
                .withOneOf("client_id", "azp", "cid", "scope", "scp")
                .clientIn("client_id", "azp", "cid");
        return new DialectRules(ACCESS_TOKEN, SCOPE, List.of(), shape);
    }

    /**
     * The claim {@code typ} distinguishes access tokens from ID, refresh and logout tokens. Only tokens of users belong to a
     * session; the claims of the client scope {@code service_account} are missing in imported realms.
     */
    private static DialectRules keycloak() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "iat", "jti", "azp")
                .marked("typ", "Bearer", "DPoP")
                .clientIn("azp", "client_id")
                .clientActsIf(ClaimRule.of("client_id or clientHost or clientAddress or !sid and !session_state"));
        return new DialectRules(ANY_JWT, SCOPE, List.of("realm_access.roles"), shape);
    }

    /** Version 2. Delegated tokens have {@code scp}, application tokens {@code roles}; ID tokens have no {@code azp}. */
    private static DialectRules entraId() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat", "tid", "azp")
                .marked("ver", "2.0")
                .withOneOf("scp", "roles")
                .clientIn("azp")
                .clientActsIf("idtyp", "app")
                .userActsOnlyWith("scp");
        return new DialectRules(ANY_JWT, List.of("scp"), List.of("roles"), shape);
    }

    /** Both token profiles; ID tokens have neither {@code scope} nor {@code permissions} nor {@code gty}. */
    private static DialectRules auth0() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat")
                .withOneOf("azp", "client_id")
                .withOneOf("scope", "permissions", "gty")
                .clientIn("client_id", "azp")
                .clientActsIf("gty", "client-credentials");
        return new DialectRules(ANY_JWT, SCOPE, List.of("permissions"), shape);
    }

    /** Custom authorization servers; ID tokens have neither {@code cid} nor {@code scp}. */
    private static DialectRules okta() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat", "jti", "cid", "scp")
                .marked("ver", "1")
                .clientIn("cid");
        return new DialectRules(JWT_OR_NONE, List.of("scp"), List.of("groups"), shape);
    }

    /** Without {@code aud}, the client identifies the recipients; {@code token_use} states the kind of token. */
    private static DialectRules cognito() {
        TokenShape shape = TokenShape.with("iss", "exp", "sub", "iat", "jti", "client_id")
                .marked("token_use", "access")
                .clientIn("client_id")
                .audienceIn("aud", "client_id");
        return new DialectRules(JWT_OR_NONE, SCOPE, List.of("cognito:groups"), shape);
    }
}
