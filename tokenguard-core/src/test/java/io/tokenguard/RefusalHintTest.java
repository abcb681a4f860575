package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.Dialect;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import io.tokenguard.testkit.TokenBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a refusal advises about tokens whose claims speak for a kind of server. */
@ExtendWith(TestIssuerExtension.class)
class RefusalHintTest {
    private static Refusal refusal(TokenGuardBuilder settings, TokenBuilder token) {
        try (TokenGuard guard = settings.build()) {
            return ((Decision.Refused) guard.decide(bearing(token.sign()))).refusal();
        }
    }

    private static TokenBuilder lightweight(TestIssuer issuer) {
        return issuer.token()
                .type("JWT")
                .claim("typ", "Bearer")
                .claim("azp", "shop")
                .withoutClaim("aud")
                .withoutClaim("sub");
    }

    static Stream<Arguments> workloads() {
        return Stream.of(
                Arguments.of(
                        Map.of("repository", "o/r", "repository_owner_id", "7", "job_workflow_ref", "w"),
                        "GitHub Actions",
                        List.of("dialect=github-actions", "required-claims=repository_owner_id=ID")),
                Arguments.of(
                        Map.of("project_id", "1", "namespace_id", "7", "pipeline_id", "2"),
                        "GitLab CI",
                        List.of("dialect=gitlab-ci", "required-claims=namespace_id=ID")),
                Arguments.of(
                        Map.of("https://sts.amazonaws.com/", Map.of("aws_account", "7")),
                        "AWS STS",
                        List.of("dialect=aws-sts", "required-claims=/https:~1~1sts.amazonaws.com~1/aws_account=ID")));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void namesTheDialectAndWhatItNeedsBeside(
            Map<String, Object> claims, String product, List<String> settings, TestIssuer issuer) {
        TokenBuilder token = issuer.token().type("JWT");
        claims.forEach(token::claim);
        Refusal refusal = refusal(guarding(issuer), token);
        assertThat(refusal.reason()).isEqualTo(RefusalReason.TYPE_MISMATCH);
        assertThat(refusal.hint())
                .isEqualTo("this looks like a token of " + product + ": tokenguard."
                        + String.join(", tokenguard.", settings));
    }

    @Test
    void asksForIntrospectionOfLightweightTokens(TestIssuer issuer) {
        String advice = "this looks like a lightweight access token of Keycloak, whose audience and subject only"
                + " introspection has: tokenguard.introspection.mode=always, tokenguard.introspection.client-id,"
                + " tokenguard.introspection.client-secret-file";
        assertThat(refusal(guarding(issuer), lightweight(issuer)).hint())
                .isEqualTo(advice + ", tokenguard.dialect=keycloak");
        Refusal ofKeycloak =
                refusal(guarding(issuer, trusted -> trusted.dialect(Dialect.KEYCLOAK)), lightweight(issuer));
        assertThat(ofKeycloak.reason()).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(ofKeycloak.hint()).isEqualTo(advice);
    }

    @Test
    void asksForNoIntrospectionOfTokensWithAnAudience(TestIssuer issuer) {
        Refusal refusal = refusal(
                guarding(issuer, trusted -> trusted.dialect(Dialect.KEYCLOAK)),
                lightweight(issuer).audience("account"));
        assertThat(refusal.reason()).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        assertThat(refusal.hint())
                .isEqualTo(
                        "the token is for another API of the issuer: add an audience mapper for this API to a client scope"
                                + " in Keycloak");
    }
}
