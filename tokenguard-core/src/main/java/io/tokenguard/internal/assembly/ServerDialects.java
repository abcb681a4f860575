package io.tokenguard.internal.assembly;

import static io.tokenguard.internal.assembly.DialectRules.ANY_JWT;
import static io.tokenguard.internal.assembly.DialectRules.JWT_OR_NONE;
import static io.tokenguard.internal.assembly.DialectRules.SCOPE;

import io.tokenguard.config.Dialect;
import io.tokenguard.internal.claims.TokenShape;
import java.util.List;
import java.util.Set;

/** The dialects of authorization servers. */
final class ServerDialects {
    private static final List<String> SCP = List.of("scp");
    private static final List<String> NONE = List.of();

    private ServerDialects() {}

    static DialectRules of(Dialect dialect) {
        return switch (dialect) {
            case ENTRA_ID_V1 -> entraIdV1();
            case AZURE_B2C -> azureB2c();
            case SPRING_AUTHORIZATION_SERVER -> spring();
            case ZITADEL -> zitadel();
            case AUTHENTIK -> authentik();
            case PING -> ping();
            case FORGEROCK -> forgeRock();
            case HYDRA -> hydra();
            default -> duende();
        };
    }

    /** ID tokens have no {@code appid}. Managed identities may have neither scopes nor roles. */
    private static DialectRules entraIdV1() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat", "tid", "appid")
                .marked("ver", "1.0")
                .withOneOf("scp", "roles", "xms_mirid")
                .clientIn("appid")
                .clientActsIf("idtyp", "app")
                .userActsOnlyWith("scp");
        return new DialectRules(ANY_JWT, SCP, List.of("roles"), shape);
    }

    /** ID tokens have no {@code scp}. */
    private static DialectRules azureB2c() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "iat", "azp")
                .withOneOf("scp", "roles")
                .clientIn("azp")
                .userActsOnlyWith("scp");
        return new DialectRules(ANY_JWT, SCP, List.of("roles"), shape);
    }

    /** ID tokens have {@code azp} and no {@code scope}; the default audience is the client. */
    private static DialectRules spring() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat", "jti")
                .markedBy("scope and !azp or client_id and !azp")
                .clientIn("client_id", "aud");
        return new DialectRules(JWT_OR_NONE, SCOPE, List.of("roles"), shape);
    }

    private static DialectRules zitadel() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "client_id", "iat", "jti")
                .clientIn("client_id");
        return new DialectRules(Set.of("at+jwt"), SCOPE, List.of("/urn:zitadel:iam:org:project:roles"), shape);
    }

    /** Both kinds of token have {@code nonce}; only access tokens have {@code uid}, only ID tokens {@code at_hash}. */
    private static DialectRules authentik() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat").markedBy("azp and uid");
        return new DialectRules(
                ANY_JWT,
                SCOPE,
                List.of("groups"),
                shape.marked(shape.marks().tolerating("nonce")).clientIn("azp"));
    }

    /** ID tokens have no {@code client_id}. */
    private static DialectRules ping() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "client_id").clientIn("client_id");
        return new DialectRules(JWT_OR_NONE, SCOPE, NONE, shape);
    }

    private static DialectRules forgeRock() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat")
                .marked("tokenName", "access_token")
                .clientIn("client_id", "aud");
        return new DialectRules(JWT_OR_NONE, SCOPE, NONE, shape);
    }

    /** ID tokens have neither {@code client_id} nor {@code scp}. */
    private static DialectRules hydra() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat", "jti", "client_id", "scp")
                .clientIn("client_id");
        return new DialectRules(ANY_JWT, SCP, NONE, shape);
    }

    /** ID tokens have neither {@code client_id} nor {@code scope}. */
    private static DialectRules duende() {
        TokenShape shape = TokenShape.with("iss", "exp", "client_id", "scope").clientIn("client_id");
        return new DialectRules(ANY_JWT, SCOPE, List.of("role"), shape);
    }
}
