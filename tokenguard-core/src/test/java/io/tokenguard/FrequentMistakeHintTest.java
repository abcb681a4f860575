package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.Dialect;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import io.tokenguard.testkit.TokenBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What refusals advise about frequent mistakes. */
@ExtendWith(TestIssuerExtension.class)
class FrequentMistakeHintTest {
    private static final String ID = "6e74172b-be56-4843-9ff4-e66a39bb12e3";

    private static Refusal refusal(TokenGuardBuilder settings, IncomingRequest request, AccessRequirement requirement) {
        try (TokenGuard guard = settings.build()) {
            return ((Decision.Refused) guard.decide(request, requirement)).refusal();
        }
    }

    private static Refusal refusal(TokenGuardBuilder settings, TokenBuilder token) {
        return refusal(settings, bearing(token.sign()), AccessRequirement.authenticated());
    }

    private static TokenBuilder entra(TestIssuer issuer, String audience) {
        return issuer.token()
                .type("JWT")
                .audience(audience)
                .claim("tid", "t")
                .claim("ver", "2.0")
                .claim("azp", "c")
                .claim("oid", "o")
                .claim("scp", "orders.read");
    }

    @ParameterizedTest
    @CsvSource({
        ID + ", api://orders, application (client) ID",
        "api://orders, " + ID + ", application ID URI",
        "00000003-0000-0000-c000-000000000000, " + ID + ", app registration"
    })
    void namesTheOtherFormOfAnAudienceOfEntra(String found, String expected, String advice, TestIssuer issuer) {
        Refusal refusal = refusal(
                guarding(issuer, trusted -> trusted.dialect(Dialect.ENTRA_ID).audience(expected)),
                entra(issuer, found));
        assertThat(refusal.reason()).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        assertThat(refusal.hint()).contains(advice).doesNotContain(found);
    }

    @Test
    void saysThatCognitoNamesTheClient(TestIssuer issuer) {
        Refusal refusal = refusal(
                guarding(issuer, trusted -> trusted.dialect(Dialect.COGNITO)),
                issuer.token().type(null).withoutClaim("aud").clientId("c").claim("token_use", "access"));
        assertThat(refusal.reason()).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        assertThat(refusal.hint()).contains("tokenguard.audiences to the IDs of the clients");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Refresh", "Offline"})
    void recognizesARefreshTokenOfKeycloak(String kind, TestIssuer issuer) {
        Refusal refusal = refusal(
                guarding(issuer, trusted -> trusted.dialect(Dialect.KEYCLOAK)),
                issuer.token().type("JWT").claim("azp", "web").claim("typ", kind));
        assertThat(refusal.hint()).isEqualTo("this looks like a refresh token: send the access token");
    }

    @Test
    void saysThatATimeIsAText(TestIssuer issuer) {
        Refusal refusal = refusal(guarding(issuer), issuer.token().claim("exp", "1795879771"));
        assertThat(refusal.reason()).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(refusal.hint()).startsWith("exp is a text: let the issuer write a number");
    }

    @Test
    void saysThatATimeIsInMilliseconds(TestIssuer issuer) {
        Refusal refusal = refusal(
                guarding(issuer),
                issuer.token().claim("iat", 1_795_879_471_710L).claim("exp", 1_795_879_771_710L));
        assertThat(refusal.hint()).startsWith("this looks like milliseconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer Bearer ", "Bearer bearer ", "Bearer DPoP "})
    void saysThatTheSchemeIsThereTwice(String schemes, TestIssuer issuer) {
        IncomingRequest request = IncomingRequest.builder("GET", "/")
                .overTls()
                .header("Authorization", schemes + issuer.token().sign())
                .build();
        Refusal refusal = refusal(guarding(issuer), request, AccessRequirement.authenticated());
        assertThat(refusal.reason()).isEqualTo(RefusalReason.CREDENTIAL_SYNTAX);
        assertThat(refusal.hint()).contains("the scheme twice");
    }

    @ParameterizedTest
    @CsvSource({
        "role orders:read, the token has it as a scope: write scope orders:read",
        "scope admin, the token has it as a role: write role admin",
        "scope SCOPE_orders:read, the token has it without the prefix: write scope orders:read",
        "role ROLE_admin, the token has it without the prefix: write role admin",
        "role reader, 'the token has it in /resource_access/orders.api/roles; if that client is this API, set"
                + " tokenguard.roles-claim=/resource_access/orders.api/roles'",
        "'scope read:orders', 'the token has it in permissions: set tokenguard.roles-claim=permissions, and write role"
                + " read:orders'",
        "role nobody, ''"
    })
    void saysWhereTheTokenHasIt(String requirement, String advice, TestIssuer issuer) {
        TokenBuilder token = issuer.token()
                .scope("orders:read")
                .claim("roles", List.of("admin"))
                .claim("permissions", List.of("read:orders"))
                .claim("resource_access", Map.of("orders.api", Map.of("roles", List.of("reader"))));
        Refusal refusal = refusal(guarding(issuer), bearing(token.sign()), AccessRequirement.parse(requirement));
        assertThat(refusal.hint()).isEqualTo(advice);
    }
}
