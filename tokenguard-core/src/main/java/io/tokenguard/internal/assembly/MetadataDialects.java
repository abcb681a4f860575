package io.tokenguard.internal.assembly;

import io.tokenguard.config.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recognises authorization servers by members of their metadata that only one kind of server has. Some dialects need further
 * settings: without these, they must not be used.
 */
final class MetadataDialects {
    private static final List<Sign> SIGNS = List.of(
            new Sign(Dialect.KEYCLOAK, "token_endpoint", "/protocol/openid-connect/token"),
            new Sign(Dialect.AUTH0, "mfa_challenge_endpoint", "/mfa/challenge"),
            new Sign(Dialect.PING, "ping_end_session_endpoint", ""),
            new Sign(Dialect.PING, "ping_revoked_sris_endpoint", ""),
            new Sign(Dialect.PING, "end_session_endpoint", "/as/signoff"),
            new Sign(Dialect.FORGEROCK, "rcs_request_signing_alg_values_supported", ""),
            new Sign(Dialect.HYDRA, "credentials_endpoint_draft_00", ""),
            new Sign(Dialect.ZITADEL, "end_session_endpoint", "/oidc/v1/end_session"),
            new Sign(Dialect.AUTHENTIK, "token_endpoint", "/application/o/token/"),
            new Sign(Dialect.DUENDE, "jwks_uri", "/.well-known/openid-configuration/jwks"),
            new Sign(Dialect.XSUAA, "jwks_uri", "/token_keys"),
            new Sign(Dialect.SUPABASE, "jwks_uri", "/auth/v1/.well-known/jwks.json"),
            new Sign(Dialect.SALESFORCE, "token_endpoint", "/services/oauth2/token"),
            new Sign(Dialect.CLERK, "introspection_endpoint", "/oauth/token_info"),
            new Sign(Dialect.GITLAB_CI, "jwks_uri", "/oauth/discovery/keys"),
            new Sign(Dialect.GITHUB_ACTIONS, "jwks_uri", "/_services/token/.well-known/jwks"),
            new Sign(Dialect.KUBERNETES, "jwks_uri", "/openid/v1/jwks"));

    /** Below the issuer, as other servers with these paths do not have them. */
    private static final Map<String, String> OF_SPRING = Map.of(
            "authorization_endpoint", "/oauth2/authorize",
            "token_endpoint", "/oauth2/token",
            "jwks_uri", "/oauth2/jwks");

    /** WSO2 has the first of these, Spring Authorization Server none. */
    private static final Map<String, String> OF_FUSIONAUTH = Map.of(
            "device_authorization_endpoint", "/oauth2/device_authorize",
            "end_session_endpoint", "/oauth2/logout",
            "jwks_uri", "/.well-known/jwks.json");

    private static final Map<String, String> OF_OKTA = Map.of("token_endpoint", "/v1/token", "jwks_uri", "/v1/keys");

    private MetadataDialects() {}

    /**
     * What was recognised.
     *
     * @param dialect the dialect of the server's tokens
     * @param members the members by which it was recognised
     */
    record Recognized(Dialect dialect, String members) {}

    /** A member of one kind of server, and how its value ends; an empty end stands for any value. */
    private record Sign(Dialect dialect, String member, String end) {
        boolean isIn(Map<String, @Nullable Object> metadata) {
            Object value = metadata.get(member);
            return end.isEmpty() ? value != null : value instanceof String text && text.endsWith(end);
        }
    }

    /** The server that published metadata; empty if it is not recognised. */
    static Optional<Recognized> recognize(String issuer, Map<String, @Nullable Object> metadata) {
        Optional<Recognized> found = SIGNS.stream()
                .filter(sign -> sign.isIn(metadata))
                .findFirst()
                .map(sign -> new Recognized(sign.dialect, sign.member));
        return found.or(() -> byPaths(Dialect.SPRING_AUTHORIZATION_SERVER, OF_SPRING, issuer, metadata))
                .or(() -> byPaths(Dialect.OKTA, OF_OKTA, issuer, metadata))
                .or(() -> byEnds(Dialect.FUSIONAUTH, OF_FUSIONAUTH, metadata));
    }

    /** FusionAuth's issuer is a text that its operator chooses, so its endpoints need not be below it. */
    private static Optional<Recognized> byEnds(
            Dialect dialect, Map<String, String> ends, Map<String, @Nullable Object> metadata) {
        boolean areAll = ends.entrySet().stream()
                .allMatch(end -> metadata.get(end.getKey()) instanceof String text && text.endsWith(end.getValue()));
        return areAll ? Optional.of(new Recognized(dialect, names(ends))) : Optional.empty();
    }

    private static String names(Map<String, String> members) {
        return String.join(", ", members.keySet().stream().sorted().toList());
    }

    private static Optional<Recognized> byPaths(
            Dialect dialect, Map<String, String> paths, String issuer, Map<String, @Nullable Object> metadata) {
        boolean areAll = paths.entrySet().stream()
                .allMatch(path -> (issuer + path.getValue()).equals(metadata.get(path.getKey())));
        return areAll ? Optional.of(new Recognized(dialect, names(paths))) : Optional.empty();
    }
}
