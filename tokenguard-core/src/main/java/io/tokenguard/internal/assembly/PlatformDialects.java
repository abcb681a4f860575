package io.tokenguard.internal.assembly;

import static io.tokenguard.internal.assembly.DialectRules.ANY_JWT;
import static io.tokenguard.internal.assembly.DialectRules.JWT_OR_NONE;
import static io.tokenguard.internal.assembly.DialectRules.SCOPE;

import io.tokenguard.config.Dialect;
import io.tokenguard.internal.claims.TokenShape;
import java.util.List;

/** The dialects of platforms and services that issue tokens for their users. */
final class PlatformDialects {
    private static final List<String> NONE = List.of();

    private PlatformDialects() {}

    static DialectRules of(Dialect dialect) {
        return switch (dialect) {
            case XSUAA -> xsuaa();
            case FUSIONAUTH -> fusionAuth();
            case SALESFORCE -> salesforce();
            case SUPABASE -> supabase();
            case CLERK -> clerk();
            case WORKOS -> workOs();
            case DESCOPE -> descope();
            case FIREBASE -> firebase();
            default -> microProfile();
        };
    }

    /** ID tokens have these claims too, with {@code openid} as their only scope. Only they have {@code email_verified}. */
    private static DialectRules xsuaa() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "iat", "jti", "client_id", "grant_type", "scope")
                .markedBy("!email_verified")
                .clientIn("client_id", "cid", "azp")
                .clientActsIf("grant_type", "client_credentials");
        return new DialectRules(JWT_OR_NONE, SCOPE, List.of("/xs.system.attributes/xs.rolecollections"), shape);
    }

    private static DialectRules fusionAuth() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat")
                .marked("tty", "at")
                .clientIn("azp", "applicationId");
        return new DialectRules(JWT_OR_NONE, SCOPE, List.of("roles"), shape);
    }

    private static DialectRules salesforce() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat", "client_id", "scp")
                .marked("mty", "oauth")
                .clientIn("client_id");
        return new DialectRules(ANY_JWT, List.of("scp"), List.of("roles"), shape);
    }

    private static DialectRules supabase() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat", "session_id", "role", "aal");
        return new DialectRules(JWT_OR_NONE, SCOPE, List.of("role", "app_metadata.roles"), shape);
    }

    private static DialectRules clerk() {
        TokenShape shape =
                TokenShape.with("iss", "exp", "sub", "iat", "sid", "azp", "fva").audienceIn("azp");
        return new DialectRules(JWT_OR_NONE, SCOPE, List.of("o.rol"), shape);
    }

    private static DialectRules workOs() {
        TokenShape shape = TokenShape.with("iss", "exp", "sub", "iat", "jti", "sid")
                .clientIn("client_id")
                .audienceIn("aud", "client_id");
        return new DialectRules(JWT_OR_NONE, SCOPE, List.of("role", "roles", "permissions"), shape);
    }

    private static DialectRules descope() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat").marked("drn", "DS");
        return new DialectRules(JWT_OR_NONE, SCOPE, List.of("roles", "permissions"), shape);
    }

    private static DialectRules firebase() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat", "auth_time", "firebase");
        return new DialectRules(ANY_JWT, SCOPE, NONE, shape);
    }

    private static DialectRules microProfile() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat", "jti")
                .markedBy("upn and groups")
                .clientIn("azp");
        return new DialectRules(ANY_JWT, SCOPE, List.of("groups"), shape);
    }
}
