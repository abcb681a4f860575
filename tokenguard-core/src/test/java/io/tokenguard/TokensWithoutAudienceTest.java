package io.tokenguard;

import static io.tokenguard.GuardedIssuer.AUDIENCE;
import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** APIs whose tokens have no audience say so by a setting. A token that has one is still compared. */
class TokensWithoutAudienceTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "good");

    private final TestIssuer issuer = TestIssuer.builder().keys(KEY).start();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private TrustedIssuerBuilder trusted() {
        return TrustedIssuer.builder(issuer.issuer())
                .keys(new VerificationKey("good", SignatureAlgorithm.ES256, KEY.publicKey()));
    }

    private TokenGuard guard(UnaryOperator<TrustedIssuerBuilder> settings) {
        return guarding(settings.apply(trusted()));
    }

    private static TokenGuard guarding(TrustedIssuerBuilder trusted) {
        return TokenGuard.builder()
                .issuer(trusted.build())
                .route("/orders authenticated")
                .build();
    }

    private String tokenFor(Object audience) {
        return issuer.token().claim("aud", audience).sign();
    }

    private String tokenForNobody() {
        return issuer.token().withoutClaim("aud").sign();
    }

    private static RefusalReason refusal(TokenGuard guard, String token) {
        return reasonOf(guard.decide(bearing(token)));
    }

    @Test
    void areRefusedByDefault() {
        try (TokenGuard guard = guard(settings -> settings.audience(AUDIENCE))) {
            assertThat(refusal(guard, tokenForNobody())).isEqualTo(RefusalReason.CLAIM_MISSING);
        }
    }

    @Test
    void areAcceptedByTheSetting() {
        try (TokenGuard guard = guard(settings -> settings.audience(AUDIENCE).acceptTokensWithoutAudience())) {
            assertThat(refusal(guard, tokenForNobody())).isNull();
            assertThat(refusal(guard, tokenFor(null))).isNull();
            assertThat(refusal(guard, tokenFor(List.of()))).isNull();
            assertThat(refusal(guard, tokenFor(""))).isNull();
            assertThat(refusal(guard, tokenFor(AUDIENCE))).isNull();
        }
    }

    @Test
    void areStillRefusedForAnotherAudience() {
        try (TokenGuard named = guard(settings -> settings.audience(AUDIENCE).acceptTokensWithoutAudience());
                TokenGuard unnamed = guard(TrustedIssuerBuilder::acceptTokensWithoutAudience)) {
            for (TokenGuard guard : List.of(named, unnamed)) {
                assertThat(refusal(guard, tokenFor("other"))).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
                assertThat(refusal(guard, tokenFor(List.of("other")))).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
                for (Object malformed : List.of(1, true, Map.of("a", "b"), List.of(1), List.of(""))) {
                    assertThat(refusal(guard, tokenFor(malformed))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
                }
            }
            assertThat(refusal(unnamed, tokenFor(AUDIENCE))).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
            assertThat(refusal(unnamed, tokenForNobody())).isNull();
        }
    }

    @Test
    void areAcceptedIfTheyAreOpaqueToo() {
        Introspection introspection =
                Introspection.at(issuer.introspectionUri(), ClientAuthentication.basic("api", "secret"));
        String opaque = issuer.introspection().opaque(issuer.token().withoutClaim("aud"));
        String forOthers = issuer.introspection().opaque(issuer.token().audience("other"));
        try (TokenGuard lenient =
                        guard(settings -> settings.introspection(introspection).acceptTokensWithoutAudience());
                TokenGuard strict =
                        guard(settings -> settings.introspection(introspection).audience(AUDIENCE))) {
            assertThat(refusal(lenient, opaque)).isNull();
            assertThat(refusal(lenient, forOthers)).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
            assertThat(refusal(strict, opaque)).isEqualTo(RefusalReason.CLAIM_MISSING);
        }
    }

    @Test
    void areNeverAcceptedSilently() {
        RecordedLog.clear();
        guard(TrustedIssuerBuilder::acceptTokensWithoutAudience).close();
        assertThat(RecordedLog.recent().stream().map(RecordedLog.Event::text))
                .anyMatch(line -> line.startsWith("accept-tokens-without-audience true: tokens of " + issuer.issuer()));
    }

    @Test
    void contradictSettingsThatRequireAnAudience() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guard(settings ->
                        settings.audience("api").audienceClaim("azp").acceptTokensWithoutAudience()))
                .withMessageContaining("tokenguard.accept-tokens-without-audience is 'true'")
                .withMessageContaining("audience-claim");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guard(settings ->
                        settings.audience("api").requireClaims("aud").acceptTokensWithoutAudience()))
                .withMessageContaining("required-claims");
    }

    @Test
    void areNoExcuseForAMissingAudienceOtherwise() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guard(settings -> settings))
                .withMessageContaining("tokenguard.audiences is not set");
    }
}
