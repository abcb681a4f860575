package io.tokenguard.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.config.Dialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issuers that are recognised by their address, and those that are not. */
class IssuerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://sso.example.com/realms/demo, KEYCLOAK",
        "https://sso.example.com/auth/realms/demo, KEYCLOAK",
        "https://am.example.com/am/oauth2/realms/root/realms/alpha, FORGEROCK",
        "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0, ENTRA_ID",
        "https://login.microsoftonline.com/{tenantid}/v2.0, ENTRA_ID",
        "https://sts.windows.net/11111111-2222-3333-4444-555555555555/, ENTRA_ID_V1",
        "https://x.ciamlogin.com/11111111-2222-3333-4444-555555555555/v2.0, ENTRA_ID",
        "https://x.b2clogin.com/11111111-2222-3333-4444-555555555555/v2.0/, AZURE_B2C",
        "https://x.eu.auth0.com/, AUTH0",
        "https://X.EU.AUTH0.COM:443/, AUTH0",
        "https://dev-1.okta.com/oauth2/default, OKTA",
        "https://id.example.com/oauth2/default, OKTA",
        "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_x, COGNITO",
        "https://auth.pingone.eu/11111111-2222-3333-4444-555555555555/as, PING",
        "https://x.supabase.co/auth/v1, SUPABASE",
        "https://kubernetes.default.svc, KUBERNETES",
        "https://kubernetes.default.svc.cluster.local, KUBERNETES",
        "https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF, KUBERNETES",
        "https://germanywestcentral.oic.prod-aks.azure.com/11111111-2222-3333-4444-555555555555/, KUBERNETES",
        "https://container.googleapis.com/v1/projects/p/locations/l/clusters/c, KUBERNETES",
        "https://login.partner.microsoftonline.cn/11111111-2222-3333-4444-555555555555/v2.0, ENTRA_ID",
        "https://sts.chinacloudapi.cn/11111111-2222-3333-4444-555555555555/, ENTRA_ID_V1",
        "https://x.okta-gov.com/oauth2/orders, OKTA",
        "https://openam-x.forgeblocks.com:443/am/oauth2/alpha, FORGEROCK",
        "https://x-1.zitadel.cloud, ZITADEL",
        "https://x.projects.oryapis.com, HYDRA",
        "https://x-1.clerk.accounts.dev, CLERK",
        "https://api.workos.com/user_management/client_1, WORKOS",
        "https://x.authkit.app, WORKOS",
        "https://api.descope.com/P1, DESCOPE",
        "https://api.euc1.descope.com/v1/apps/P1, DESCOPE",
        "https://x.fusionauth.io, FUSIONAUTH",
        "https://login.salesforce.com, SALESFORCE",
        "https://x.my.salesforce.com, SALESFORCE",
        "https://x.authentication.eu10.hana.ondemand.com/oauth/token, XSUAA",
        "https://token.actions.githubusercontent.com, GITHUB_ACTIONS",
        "https://token.actions.githubusercontent.com/octo-enterprise, GITHUB_ACTIONS",
        "https://github.example.com/_services/token, GITHUB_ACTIONS",
        "https://gitlab.com, GITLAB_CI",
        "https://00000000-1111-2222-3333-444444444444.tokens.sts.global.api.aws, AWS_STS",
        "https://accounts.google.com, GOOGLE",
        "accounts.google.com, GOOGLE",
        "https://securetoken.google.com/my-project, FIREBASE",
        "https://sso.example.com/application/o/orders/, AUTHENTIK"
    })
    void choosesTheDialect(String issuer, Dialect dialect) {
        assertThat(IssuerAddress.dialectOf(issuer)).isEqualTo(dialect);
    }

    @ParameterizedTest
    @CsvSource({
        "https://issuer.example.com",
        "https://auth0.com.example.net/",
        "https://example.com/okta.com",
        "https://login.example.com/tenants/*",
        "https://accounts.google.com.example.net",
        "https://kubernetes.default.svcs.example.net",
        "https://gitlab.com.example.net",
        "https://mygitlab.com",
        "https://api.workos.com.example.net",
        "https://example.net/token.actions.githubusercontent.com",
        "sa@proj.iam.gserviceaccount.com"
    })
    void isTheStandardOtherwise(String issuer) {
        assertThat(IssuerAddress.dialectOf(issuer)).isEqualTo(Dialect.RFC9068);
    }
}
