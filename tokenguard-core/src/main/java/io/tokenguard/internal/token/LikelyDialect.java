package io.tokenguard.internal.token;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Guesses by its claims which kind of server issued a token. For hints to the operator only: anyone can write such claims.
 *
 * @param product the server
 * @param dialect the name of the dialect for its tokens
 */
public record LikelyDialect(String product, String dialect) {
    /** The dialect of Keycloak. */
    public static final String KEYCLOAK = "keycloak";

    private static final String ID_TOKENS = "accept-id-tokens=true";
    private static final Set<String> GOOGLE = Set.of("https://accounts.google.com", "accounts.google.com");
    private static final List<String> OF_KIND = List.of("tokenType", "tok_type", "token_use", "token_usage", "purpose");

    /** The server; empty if no claim marks one. */
    public static Optional<LikelyDialect> of(Map<String, @Nullable Object> claims) {
        if (claims.containsKey("realm_access")
                || claims.containsKey("resource_access")
                || (claims.containsKey("azp") && claims.containsKey("jti") && is(claims, "typ", "Bearer"))) {
            return likely("Keycloak", KEYCLOAK);
        } else if (is(claims, "tty", "at")) {
            return likely("FusionAuth", "fusionauth");
        } else if (claims.containsKey("tfp")) {
            return likely("Azure AD B2C", "azure-b2c");
        } else if (claims.containsKey("tid")) {
            return likely("Microsoft Entra ID", is(claims, "ver", "1.0") ? "entra-id-v1" : "entra-id");
        } else if (is(claims, "token_use", "access")) {
            return likely("Amazon Cognito", "cognito");
        } else if (claims.containsKey("zid") && claims.containsKey("grant_type")) {
            return likely("SAP XSUAA", "xsuaa");
        } else if (claims.containsKey("cid")) {
            return likely("Okta", "okta");
        } else if (claims.containsKey("uid") && claims.containsKey("azp")) {
            return likely("authentik", "authentik");
        } else if (claims.containsKey("gty") || isLikeAuth0(claims)) {
            return likely("Auth0", "auth0");
        }
        return ofWorkloads(claims).or(() -> ofLessCommon(claims));
    }

    private static Optional<LikelyDialect> ofWorkloads(Map<String, @Nullable Object> claims) {
        if (claims.containsKey("job_workflow_ref") && claims.containsKey("repository")) {
            return likely("GitHub Actions", "github-actions");
        } else if (claims.containsKey("pipeline_id") && claims.containsKey("namespace_id")) {
            return likely("GitLab CI", "gitlab-ci");
        } else if (claims.containsKey("https://sts.amazonaws.com/")) {
            return likely("AWS STS", "aws-sts");
        } else if (claims.containsKey("firebase")
                && String.valueOf(claims.get("iss")).startsWith("https://securetoken.google.com/")) {
            return likely("Firebase", "firebase");
        } else if (GOOGLE.contains(String.valueOf(claims.get("iss")))) {
            return likely("Google", "google");
        }
        return Optional.empty();
    }

    private static Optional<LikelyDialect> ofLessCommon(Map<String, @Nullable Object> claims) {
        if (is(claims, "tokenName", "access_token")) {
            return likely("ForgeRock", "forgerock");
        } else if (is(claims, "mty", "oauth")) {
            return likely("Salesforce", "salesforce");
        } else if (claims.containsKey("kubernetes.io")) {
            return likely("Kubernetes", "kubernetes");
        } else if (claims.get("scp") instanceof List<?> && claims.containsKey("ext")) {
            return likely("Ory Hydra", "hydra");
        } else if (claims.containsKey("nbf")
                && claims.get("scope") instanceof List<?>
                && !claims.containsKey("client_id")) {
            return likely("Spring Authorization Server", "spring-authorization-server");
        }
        return Optional.empty();
    }

    /**
     * What has to be set beside the dialect, as keys without their prefix. Anyone can get such a token for any audience: a word
     * in capitals stands for the owner whose tokens are accepted.
     */
    public List<String> needs() {
        return switch (dialect) {
            case "github-actions" -> List.of("required-claims=repository_owner_id=ID");
            case "gitlab-ci" -> List.of("required-claims=namespace_id=ID");
            case "aws-sts" -> List.of("required-claims=/https:~1~1sts.amazonaws.com~1/aws_account=ID");
            case "google" -> List.of(ID_TOKENS, "required-claims=email=ADDRESS");
            case "firebase" -> List.of(ID_TOKENS);
            default -> List.of();
        };
    }

    /** Whether claims are those of a lightweight access token of Keycloak, which has neither audience nor subject. */
    public static boolean isLightweight(Map<String, @Nullable Object> claims) {
        return is(claims, "typ", "Bearer")
                && claims.containsKey("azp")
                && claims.containsKey("jti")
                && !claims.containsKey("aud")
                && !claims.containsKey("sub");
    }

    /** Whether a claim states that the token is an access token, in the words of some server. */
    static boolean isAccessToken(Map<String, @Nullable Object> claims) {
        return OF_KIND.stream()
                .anyMatch(name -> claims.get(name) instanceof String kind
                        && (kind.toLowerCase(Locale.ROOT).startsWith("access") || kind.equalsIgnoreCase("at")));
    }

    private static Optional<LikelyDialect> likely(String product, String dialect) {
        return Optional.of(new LikelyDialect(product, dialect));
    }

    private static boolean is(Map<String, @Nullable Object> claims, String name, String value) {
        return value.equals(claims.get(name));
    }

    private static boolean isLikeAuth0(Map<String, @Nullable Object> claims) {
        return claims.containsKey("azp")
                && !claims.containsKey("typ")
                && claims.get("iss") instanceof String issuer
                && issuer.indexOf('/', issuer.indexOf("://") + 3) == issuer.length() - 1;
    }
}
