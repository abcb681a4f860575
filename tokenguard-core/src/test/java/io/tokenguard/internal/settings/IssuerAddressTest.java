package io.tokenguard.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.config.Dialect;
import org.junit.jupiter.api.Test;
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
        "https://accounts.google.com",
        "https://token.actions.githubusercontent.com",
        "accounts.google.com",
        "sa@proj.iam.gserviceaccount.com"
    })
    void isTheStandardOtherwise(String issuer) {
        assertThat(IssuerAddress.dialectOf(issuer)).isEqualTo(Dialect.RFC9068);
    }

    /** Issuers of ID tokens, and those whose callers can name any audience, are chosen by name only. */
    @Test
    void neverChoosesADialectThatNeedsADecisionOfTheOperator() {
        assertThat(IssuerAddress.dialectOf("https://securetoken.google.com/my-project"))
                .isEqualTo(Dialect.RFC9068);
        assertThat(IssuerAddress.dialectOf("https://gitlab.com")).isEqualTo(Dialect.RFC9068);
    }
}
