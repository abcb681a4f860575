package io.tokenguard.internal.settings;

import io.tokenguard.config.Dialect;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognizes issuers by their address. */
public final class IssuerAddress {
    private static final Pattern AUTHORITY = Pattern.compile("https?://([^/?#]+)(.*)");
    private static final String TENANT =
            "(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\\{tenantid\\})";
    private static final Pattern ENTRA_V2 = Pattern.compile("/" + TENANT + "/v2\\.0/?");
    private static final Pattern ENTRA_V1 = Pattern.compile("/" + TENANT + "/");
    private static final Pattern COGNITO_POOL = Pattern.compile("/[a-z]{2}(?:-[a-z]+)+-\\d_[A-Za-z0-9]+");
    private static final Pattern OKTA_SERVER = Pattern.compile("/oauth2/(?:default|aus[A-Za-z0-9]{17})");

    private static final String GOOGLE = "accounts.google.com";
    private static final Set<String> ENTRA_HOSTS =
            Set.of("sts.windows.net", "login.windows.net", "sts.chinacloudapi.cn", "login.partner.microsoftonline.cn");

    /** Managed clusters of Amazon and Azure. */
    private static final Pattern CLUSTER = Pattern.compile(
            "oidc\\.eks\\.[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?|[a-z0-9-]+\\.oic\\.prod-aks\\.azure\\.com");

    private static final List<KnownHost> HOSTS = List.of(
            new KnownHost(".ciamlogin.com", Dialect.ENTRA_ID),
            new KnownHost(".b2clogin.com", Dialect.AZURE_B2C),
            new KnownHost(".auth0.com", Dialect.AUTH0),
            new KnownHost(".okta.com", Dialect.OKTA),
            new KnownHost(".oktapreview.com", Dialect.OKTA),
            new KnownHost(".okta-emea.com", Dialect.OKTA),
            new KnownHost(".okta-gov.com", Dialect.OKTA),
            new KnownHost(".okta.mil", Dialect.OKTA),
            new KnownHost("cognito-idp.", Dialect.COGNITO),
            new KnownHost("auth.pingone.", Dialect.PING),
            new KnownHost(".forgeblocks.com", Dialect.FORGEROCK),
            new KnownHost(".zitadel.cloud", Dialect.ZITADEL),
            new KnownHost(".projects.oryapis.com", Dialect.HYDRA),
            new KnownHost(".supabase.co", Dialect.SUPABASE),
            new KnownHost(".clerk.accounts.dev", Dialect.CLERK),
            new KnownHost("api.workos.com", Dialect.WORKOS),
            new KnownHost(".authkit.app", Dialect.WORKOS),
            new KnownHost(".descope.com", Dialect.DESCOPE),
            new KnownHost(".fusionauth.io", Dialect.FUSIONAUTH),
            new KnownHost(".my.salesforce.com", Dialect.SALESFORCE),
            new KnownHost("login.salesforce.com", Dialect.SALESFORCE),
            new KnownHost("test.salesforce.com", Dialect.SALESFORCE),
            new KnownHost(".hana.ondemand.com", Dialect.XSUAA),
            new KnownHost("kubernetes.default.svc", Dialect.KUBERNETES),
            new KnownHost("kubernetes.default.svc.", Dialect.KUBERNETES),
            new KnownHost("container.googleapis.com", Dialect.KUBERNETES),
            new KnownHost("token.actions.githubusercontent.com", Dialect.GITHUB_ACTIONS),
            new KnownHost("gitlab.com", Dialect.GITLAB_CI),
            new KnownHost(".tokens.sts.global.api.aws", Dialect.AWS_STS),
            new KnownHost("accounts.google.com", Dialect.GOOGLE),
            new KnownHost("securetoken.google.com", Dialect.FIREBASE));

    private IssuerAddress() {}

    /**
     * A host of one kind of server.
     *
     * @param name the host; its end if it starts with a dot, its beginning if it ends with one
     */
    private record KnownHost(String name, Dialect dialect) {
        boolean is(String host) {
            return name.startsWith(".")
                    ? host.endsWith(name)
                    : name.endsWith(".") ? host.startsWith(name) : host.equals(name);
        }
    }

    /**
     * The dialect of the issuer at an address; {@link Dialect#RFC9068} if it is not recognized. Some dialects need further
     * settings: without these, they must not be used.
     */
    public static Dialect dialectOf(String issuer) {
        // Google's tokens have either form.
        var address = AUTHORITY.matcher(issuer.equals(GOOGLE) ? "https://" + GOOGLE : issuer);
        if (!address.matches()) {
            return Dialect.RFC9068;
        }
        String host = address.group(1).toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
        String path = address.group(2);
        if (ENTRA_HOSTS.contains(host) || host.startsWith("login.microsoftonline.")) {
            return path.contains("/v2.0") ? Dialect.ENTRA_ID : Dialect.ENTRA_ID_V1;
        }
        return HOSTS.stream()
                .filter(known -> known.is(host))
                .findFirst()
                .map(KnownHost::dialect)
                .orElseGet(() -> CLUSTER.matcher(host).matches() ? Dialect.KUBERNETES : byPath(path));
    }

    private static Dialect byPath(String path) {
        if (path.contains("/oauth2/realms/")) {
            return Dialect.FORGEROCK;
        } else if (path.contains("/realms/")) {
            return Dialect.KEYCLOAK;
        } else if (path.equals("/_services/token")) {
            // GitHub Enterprise Server
            return Dialect.GITHUB_ACTIONS;
        } else if (path.startsWith("/application/o/")) {
            return Dialect.AUTHENTIK;
        } else if (ENTRA_V2.matcher(path).matches()) {
            return Dialect.ENTRA_ID;
        } else if (ENTRA_V1.matcher(path).matches()) {
            return Dialect.ENTRA_ID_V1;
        } else if (COGNITO_POOL.matcher(path).matches()) {
            return Dialect.COGNITO;
        } else if (OKTA_SERVER.matcher(path).matches()) {
            return Dialect.OKTA;
        }
        return Dialect.RFC9068;
    }
}
