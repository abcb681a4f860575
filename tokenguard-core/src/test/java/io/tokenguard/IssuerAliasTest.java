package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestIssuer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several texts that name one issuer, and tokens that name none. Default: the identifier, to the letter (RFC 9068 §4). */
class IssuerAliasTest {
    private final TestIssuer issuer = TestIssuer.start();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private TokenGuard guard(UnaryOperator<TrustedIssuerBuilder> settings) {
        return GuardedIssuer.guarding(issuer, settings).build();
    }

    private String naming(String name) {
        return issuer.token().claim("iss", name).sign();
    }

    @Test
    void aSlashAtTheEndMakesAnotherIssuerUnlessBothAreWrittenDown() {
        String slashed = issuer.issuer() + "/";
        try (TokenGuard strict = guard(UnaryOperator.identity());
                TokenGuard both = guard(settings -> settings.issuerAliases(slashed))) {
            assertThat(reasonOf(strict.decide(bearing(naming(slashed))))).isEqualTo(RefusalReason.ISSUER_UNKNOWN);
            assertThat(reasonOf(both.decide(bearing(naming(slashed))))).isNull();
            assertThat(reasonOf(both.decide(bearing(naming(issuer.issuer()))))).isNull();
            assertThat(reasonOf(both.decide(bearing(naming(slashed + "/"))))).isEqualTo(RefusalReason.ISSUER_UNKNOWN);
        }
    }

    @Test
    void tokensOfAnAliasAreTokensOfTheIdentifierAndRevokedWithThem() {
        try (TokenGuard guard = guard(settings -> settings.issuerAliases("accounts.example", "https://sts.example/"))) {
            for (String alias : new String[] {"accounts.example", "https://sts.example/"}) {
                String token = naming(alias);
                Decision decision = guard.decide(bearing(token));
                assertThat(decision).isInstanceOfSatisfying(Decision.Granted.class, granted -> {
                    assertThat(granted.accessToken().orElseThrow().issuer()).isEqualTo(issuer.issuer());
                    assertThat(granted.accessToken().orElseThrow().text("iss")).contains(issuer.issuer());
                });
            }
            String one = issuer.token()
                    .claim("iss", "accounts.example")
                    .subject("bob")
                    .sign();
            assertThat(reasonOf(guard.decide(bearing(one)))).isNull();
            guard.revoke(Revocation.subject(issuer.issuer(), "bob"));
            assertThat(reasonOf(guard.decide(bearing(one)))).isEqualTo(RefusalReason.REVOKED);
        }
    }

    @Test
    void aTokenOfAnotherKeyIsRefusedUnderAnAliasToo() {
        try (TestIssuer stranger = TestIssuer.start();
                TokenGuard guard = guard(settings -> settings.issuerAliases("accounts.example"))) {
            assertThat(reasonOf(guard.decide(bearing(
                            stranger.token().claim("iss", "accounts.example").sign()))))
                    .isIn(RefusalReason.KEY_UNKNOWN, RefusalReason.SIGNATURE_INVALID, RefusalReason.KEYS_UNAVAILABLE);
        }
    }

    @Test
    void aTokenWithoutIssuerIsRefusedUnlessThatIsAcceptedByName() {
        String silent = issuer.token().withoutClaim("iss").sign();
        String isNull = issuer.token().claim("iss", null).sign();
        try (TokenGuard strict = guard(UnaryOperator.identity());
                TokenGuard lenient = guard(TrustedIssuerBuilder::acceptTokensWithoutIssuer)) {
            assertThat(reasonOf(strict.decide(bearing(silent)))).isEqualTo(RefusalReason.ISSUER_UNKNOWN);
            assertThat(reasonOf(lenient.decide(bearing(silent)))).isNull();
            assertThat(reasonOf(lenient.decide(bearing(silent))))
                    .as("again, by the cache")
                    .isNull();
            assertThat(reasonOf(lenient.decide(bearing(isNull)))).isNull();
            assertThat(reasonOf(lenient.decide(bearing(naming(""))))).isEqualTo(RefusalReason.ISSUER_UNKNOWN);
            assertThat(reasonOf(lenient.decide(bearing(naming("https://other.example")))))
                    .isEqualTo(RefusalReason.ISSUER_UNKNOWN);
        }
    }

    @Test
    void tokensWithoutIssuerNeedExactlyOneIssuer() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> GuardedIssuer.guarding(issuer, TrustedIssuerBuilder::acceptTokensWithoutIssuer)
                        .issuer(TrustedIssuer.builder("https://second.example")
                                .audience("api")
                                .build())
                        .build()
                        .close())
                .withMessageContaining("accept-tokens-without-issuer")
                .withMessageContaining("exactly one issuer");
    }

    @Test
    void anAliasNamesOneIssuerOnly() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> GuardedIssuer.guarding(
                                issuer, settings -> settings.issuerAliases("https://second.example"))
                        .issuer(TrustedIssuer.builder("https://second.example")
                                .audience("api")
                                .build())
                        .build()
                        .close())
                .withMessageContaining("issuer-aliases")
                .withMessageContaining("has that name already");
    }
}
