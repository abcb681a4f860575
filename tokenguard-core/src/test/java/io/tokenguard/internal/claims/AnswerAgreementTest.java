package io.tokenguard.internal.claims;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 7662 §2.2: what the answer and the signed token both say must be the same. */
class AnswerAgreementTest {
    private static final Map<String, Object> BOUND = Map.of("cnf", Map.of("jkt", "a"));
    private static final AccessToken SIGNED =
            token().subject("alice").clientId("shop").claims(BOUND).build();

    private static AccessToken.Builder token() {
        return AccessToken.builder("https://issuer.example").expiresAt(Instant.ofEpochSecond(1_000));
    }

    private static RefusalReason refusal(AccessToken signed, AccessToken.Builder answer) {
        return reasonOf(() -> AnswerAgreement.require(signed, answer.build()));
    }

    @Test
    void acceptsTheSameSubjectClientAndKey() {
        assertThat(refusal(SIGNED, token().subject("alice").clientId("shop").claims(BOUND)))
                .isNull();
    }

    @Test
    void ignoresWhatTheAnswerOmits() {
        assertThat(refusal(SIGNED, token())).isNull();
    }

    @Test
    void ignoresWhoTheTokenDoesNotName() {
        assertThat(refusal(token().build(), token().subject("alice").clientId("shop")))
                .isNull();
    }

    @Test
    void refusesAnotherSubject() {
        AccessToken.Builder answer = token().subject("mallory").clientId("shop").claims(BOUND);
        assertThat(refusal(SIGNED, answer)).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(detailOf(() -> AnswerAgreement.require(SIGNED, answer.build())))
                .isEqualTo("answer contradicts the token");
    }

    @Test
    void refusesAnotherClient() {
        assertThat(refusal(SIGNED, token().subject("alice").clientId("other").claims(BOUND)))
                .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
    }

    @Test
    void refusesAnotherKey() {
        AccessToken.Builder answer = token().subject("alice").clientId("shop");
        assertThat(refusal(SIGNED, answer.claims(Map.of("cnf", Map.of("jkt", "b")))))
                .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
    }

    // RFC 7800 §3.1; Keycloak 26.7 adds a member to cnf
    @Test
    void ignoresMembersBesideTheKey() {
        AccessToken signed =
                token().claims(Map.of("cnf", Map.of("jkt", "a", "kc", 1))).build();
        assertThat(refusal(signed, token().claims(BOUND))).isNull();
        assertThat(refusal(SIGNED, token().claims(Map.of("cnf", Map.of("jkt", "a", "kc", 1)))))
                .isNull();
    }

    @Test
    void refusesAnAnswerThatNamesOneOfTwoKeys() {
        AccessToken signed = token().claims(Map.of("cnf", Map.of("jkt", "a", "x5t#S256", "b")))
                .build();
        assertThat(refusal(signed, token().claims(BOUND))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
    }

    @Test
    void refusesAKeyThatTheTokenDoesNotName() {
        assertThat(refusal(token().build(), token().claims(BOUND))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
    }
}
