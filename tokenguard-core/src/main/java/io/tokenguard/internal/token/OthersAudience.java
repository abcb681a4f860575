package io.tokenguard.internal.token;

import java.util.Map;
import java.util.Set;

/**
 * Audiences of the server's own APIs. A token for one of them is not for this API, even if it was obtained for it by mistake:
 * every other API that accepts the same audience could replay it.
 */
public final class OthersAudience {
    private static final Set<String> OF_KEYCLOAK =
            Set.of("account", "account-console", "realm-management", "broker", "security-admin-console", "admin-cli");

    /** Microsoft Graph, Azure AD Graph and Azure Resource Manager, by ID and by address. */
    private static final Set<String> OF_MICROSOFT = Set.of(
            "00000003-0000-0000-c000-000000000000",
            "00000002-0000-0000-c000-000000000000",
            "https://graph.microsoft.com",
            "https://graph.windows.net",
            "https://management.azure.com",
            "https://management.core.windows.net",
            "https://vault.azure.net",
            "https://storage.azure.com");

    private static final String OF_ENTRA =
            "let the client request a scope of this API's own app registration, such as api://APP-ID/NAME";

    private static final Map<String, String> REMEDIES = Map.of(
            LikelyDialect.KEYCLOAK,
            "add an audience mapper for this API to a client scope in Keycloak",
            "entra-id",
            OF_ENTRA,
            "entra-id-v1",
            OF_ENTRA,
            "auth0",
            "let the client pass this API's identifier as the parameter audience");

    private OthersAudience() {}

    /**
     * Whether an audience is one of the server's own APIs.
     *
     * @param audience the audience
     * @param dialect the name of the dialect of the server
     * @param issuer the issuer
     */
    public static boolean includes(String audience, String dialect, String issuer) {
        return switch (dialect) {
            case LikelyDialect.KEYCLOAK -> OF_KEYCLOAK.contains(audience);
            case "auth0" -> audience.equals(issuer + "userinfo") || audience.equals(issuer + "api/v2/");
            default ->
                OF_MICROSOFT.contains(audience.endsWith("/") ? audience.substring(0, audience.length() - 1) : audience);
        };
    }

    /** What to do so that the server issues tokens for this API. */
    public static String remedy(String dialect) {
        return REMEDIES.getOrDefault(dialect, "let the client request a token for this API");
    }
}
