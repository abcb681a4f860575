package io.tokenguard.internal.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.RefusalReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Challenges of an API that accepts DPoP proofs (RFC 9449 §7.1, §8), and of one that can't decide yet. */
class ProofChallengeTest {
    private static final AccessRequirement ANY = AccessRequirement.authenticated();
    private static final String BEARER = "Bearer realm=\"api\"";
    private static final String DPOP = "DPoP realm=\"api\", algs=\"ES256 EdDSA\"";

    private static ChallengeComposer composer(boolean offersBearer, boolean exposesNonce) {
        return new ChallengeComposer(
                new ChallengePolicy(
                        "api",
                        false,
                        false,
                        List.of(),
                        new DpopOffer(true, offersBearer, List.of("ES256", "EdDSA"), exposesNonce),
                        Optional.empty()),
                RefusalBody.OAUTH_ERROR);
    }

    private static List<String> challenges(RefusalReason reason, AccessRequirement requirement, boolean usedDpop) {
        return composer(true, false)
                .compose(reason, requirement, usedDpop, Optional::empty)
                .wwwAuthenticate();
    }

    @Test
    void offerBothSchemesToARequestWithoutCredentials() {
        assertThat(challenges(RefusalReason.NO_CREDENTIALS, ANY, false)).containsExactly(BEARER, DPOP);
    }

    @Test
    void offerDpopAloneIfTokensWithoutAProofAreNotAccepted() {
        Challenge challenge = composer(false, false).compose(RefusalReason.NO_CREDENTIALS, ANY, false, Optional::empty);
        assertThat(challenge.wwwAuthenticate()).containsExactly(DPOP);
    }

    @Test
    void sayWhatWasWrongUnderTheSchemeThatWasUsed() {
        assertThat(challenges(RefusalReason.EXPIRED, ANY, true))
                .hasSize(2)
                .satisfiesExactly(
                        bearer -> assertThat(bearer).isEqualTo(BEARER),
                        dpop -> assertThat(dpop).startsWith(DPOP + ", error=\"invalid_token\""));
        assertThat(challenges(RefusalReason.EXPIRED, ANY, false))
                .satisfiesExactly(
                        bearer -> assertThat(bearer).startsWith(BEARER + ", error=\"invalid_token\""),
                        dpop -> assertThat(dpop).isEqualTo(DPOP));
    }

    @Test
    void nameTheUsedSchemeAloneIfTheTokenWasGood() {
        assertThat(challenges(RefusalReason.SCOPE_INSUFFICIENT, AccessRequirement.scope("a"), true))
                .singleElement()
                .asString()
                .startsWith(DPOP + ", error=\"insufficient_scope\"");
        assertThat(challenges(RefusalReason.SCOPE_INSUFFICIENT, AccessRequirement.scope("a"), false))
                .singleElement()
                .asString()
                .startsWith(BEARER + ", error=\"insufficient_scope\"");
    }

    @Test
    void offerDpopAloneWhereOnlyAProvenKeyWouldDo() {
        assertThat(challenges(RefusalReason.BINDING_REQUIRED, AccessRequirement.bound(Binding.DPOP), false))
                .singleElement()
                .asString()
                .startsWith(DPOP);
    }

    @Test
    void offerBearerWhereACertificateWouldDo() {
        assertThat(challenges(
                        RefusalReason.BINDING_REQUIRED, AccessRequirement.bound(Binding.DPOP, Binding.MTLS), false))
                .anyMatch(challenge -> challenge.startsWith(BEARER));
        assertThat(challenges(RefusalReason.BINDING_REQUIRED, AccessRequirement.bound(Binding.MTLS), false))
                .anyMatch(challenge -> challenge.startsWith(BEARER));
    }

    @Test
    void bringTheNonceThatTheNextProofNeeds() {
        Challenge hidden =
                composer(true, false).compose(RefusalReason.NONCE_REQUIRED, ANY, true, () -> Optional.of("n-1"));
        assertThat(hidden.headers()).containsEntry("DPoP-Nonce", List.of("n-1"));
        assertThat(hidden.headers()).doesNotContainKey("Access-Control-Expose-Headers");
        Challenge exposed =
                composer(true, true).compose(RefusalReason.NONCE_REQUIRED, ANY, true, () -> Optional.of("n-1"));
        assertThat(exposed.headers())
                .containsEntry("DPoP-Nonce", List.of("n-1"))
                .containsEntry("Access-Control-Expose-Headers", List.of("DPoP-Nonce, WWW-Authenticate"));
    }

    @Test
    void bringNoNonceToOtherRefusals() {
        Challenge challenge = composer(true, true).compose(RefusalReason.EXPIRED, ANY, true, () -> Optional.of("n-1"));
        assertThat(challenge.headers()).doesNotContainKey("DPoP-Nonce");
    }

    @ParameterizedTest
    @CsvSource({"-5, 1", "0, 1", "1, 1", "1000, 1", "1001, 2", "119001, 120", "120000, 120", "600000, 120"})
    void sayWhenTheNextAttemptIsDue(long millis, String seconds) {
        ChallengeComposer composer = composer(true, false);
        Challenge challenge = composer.compose(RefusalReason.KEYS_UNAVAILABLE, ANY, false, Optional::empty);
        assertThat(challenge.headers()).containsEntry("Retry-After", List.of("1"));
        Challenge timed = composer.retryAfter(challenge, Duration.ofMillis(millis));
        assertThat(timed.headers())
                .containsEntry("Retry-After", List.of(seconds))
                .containsEntry("Cache-Control", List.of("no-store"));
        assertThat(timed.status()).isEqualTo(503);
    }
}
