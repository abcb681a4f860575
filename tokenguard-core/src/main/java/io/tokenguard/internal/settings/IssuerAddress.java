package io.tokenguard.internal.settings;

import io.tokenguard.config.Dialect;
import java.util.Locale;
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

    /** Managed clusters of Amazon and Azure. */
    private static final Pattern CLUSTER = Pattern.compile(
            "oidc\\.eks\\.[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?|[a-z0-9-]+\\.oic\\.prod-aks\\.azure\\.com");

    private IssuerAddress() {}

    /** The dialect of the issuer at an address; {@link Dialect#RFC9068} if it is not recognized. */
    public static Dialect dialectOf(String issuer) {
        var address = AUTHORITY.matcher(issuer);
        if (!address.matches()) {
            return Dialect.RFC9068;
        }
        Dialect byHost = byHost(address.group(1).toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", ""), address.group(2));
        return byHost == Dialect.AUTO ? byPath(address.group(2)) : byHost;
    }

    private static Dialect byHost(String host, String path) {
        if (host.equals("sts.windows.net")
                || host.startsWith("login.microsoftonline.")
                || host.equals("login.windows.net")) {
            return path.contains("/v2.0") ? Dialect.ENTRA_ID : Dialect.ENTRA_ID_V1;
        } else if (host.endsWith(".ciamlogin.com")) {
            return Dialect.ENTRA_ID;
        } else if (host.endsWith(".b2clogin.com")) {
            return Dialect.AZURE_B2C;
        } else if (host.endsWith(".auth0.com")) {
            return Dialect.AUTH0;
        } else if (host.endsWith(".okta.com") || host.endsWith(".oktapreview.com") || host.endsWith(".okta-emea.com")) {
            return Dialect.OKTA;
        } else if (host.startsWith("cognito-idp.")) {
            return Dialect.COGNITO;
        }
        return byHostOfService(host);
    }

    /** Never a dialect with ID tokens only, and none whose callers can choose any audience. */
    private static Dialect byHostOfService(String host) {
        if (host.startsWith("auth.pingone.")) {
            return Dialect.PING;
        } else if (host.endsWith(".zitadel.cloud")) {
            return Dialect.ZITADEL;
        } else if (host.endsWith(".supabase.co")) {
            return Dialect.SUPABASE;
        } else if (host.endsWith(".clerk.accounts.dev")) {
            return Dialect.CLERK;
        } else if (host.endsWith(".my.salesforce.com")) {
            return Dialect.SALESFORCE;
        } else if (host.startsWith("kubernetes.default.svc")
                || CLUSTER.matcher(host).matches()) {
            return Dialect.KUBERNETES;
        } else if (host.endsWith(".hana.ondemand.com")) {
            return Dialect.XSUAA;
        }
        return Dialect.AUTO;
    }

    private static Dialect byPath(String path) {
        if (path.contains("/oauth2/realms/")) {
            return Dialect.FORGEROCK;
        } else if (path.contains("/realms/")) {
            return Dialect.KEYCLOAK;
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
