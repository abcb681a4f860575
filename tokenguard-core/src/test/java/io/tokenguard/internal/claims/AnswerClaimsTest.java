package io.tokenguard.internal.claims;

import static io.tokenguard.internal.Attempt.reasonOf;
import static io.tokenguard.internal.claims.Verified.ISSUER;
import static io.tokenguard.internal.claims.Verified.POLICY;
import static io.tokenguard.internal.claims.Verified.verified;
import static io.tokenguard.internal.claims.Verified.with;
import static io.tokenguard.internal.claims.Verified.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7662 §2.2: what an issuer says of a token. */
class AnswerClaimsTest {
    private static final Instant UNSTATED = Instant.ofEpochSecond(77);

    private static AccessToken judge(Set<String> mayLack, boolean isOpen, Map<String, Object> answer)
            throws RefusedException {
        ClaimsPolicy policy = POLICY.forAnswers(Set.of(), NameClaim.in(List.of("scope")), mayLack, isOpen);
        return new ClaimsValidator(policy).validateAnswer(verified(answer), UNSTATED);
    }

    @Test
    void isATokenAsItsClaimsWouldMakeIt() throws RefusedException {
        AccessToken token = judge(Set.of(), false, with("scope", "read write"));
        assertThat(token.issuer()).isEqualTo(ISSUER);
        assertThat(token.scopes()).containsExactlyInAnyOrder("read", "write");
        assertThat(token.expiresAt()).isEqualTo(Instant.ofEpochSecond(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "exp"})
    void lacksNothingThatItMayNotLack(String name) throws RefusedException {
        Map<String, Object> answer = without(name);
        assertThat(reasonOf(() -> judge(Set.of(), false, answer)))
                .isIn(RefusalReason.CLAIM_MISSING, RefusalReason.ISSUER_MISMATCH);
        assertThat(judge(Set.of(name), false, answer).subject()).contains("alice");
    }

    @Test
    void isOverSoonWhereItSaysNothingOfThat() throws RefusedException {
        assertThat(judge(Set.of("exp"), false, without("exp")).expiresAt()).isEqualTo(UNSTATED);
        assertThat(judge(Set.of("exp"), false, with("scope", "x")).expiresAt())
                .isEqualTo(Instant.ofEpochSecond(1_000_000));
    }

    @Test
    void isOfTheIssuerThatItNamesWhereAnyMayBeSpokenFor() throws RefusedException {
        Map<String, Object> others = with("iss", "https://other.example");
        assertThat(judge(Set.of(), true, others).issuer()).isEqualTo("https://other.example");
        assertThat(judge(Set.of(), true, without("iss")).issuer()).isEqualTo(ISSUER);
        assertThat(reasonOf(() -> judge(Set.of("iss"), false, others))).isEqualTo(RefusalReason.ISSUER_MISMATCH);
    }

    @Test
    void isForThisApi() {
        assertThat(reasonOf(() -> judge(Set.of("aud"), false, with("aud", "somebody else"))))
                .isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refresh_token",
                "Refresh",
                "Offline",
                "Logout",
                "ID",
                "N_A",
                "id_token",
                "urn:x:id-token",
                "idtoken",
                "application/id+jwt",
                "Serialized-ID"
            })
    void refusesOtherKindsOfTokens(String kind) {
        for (String name : List.of("token_type", "token_use", "token_usage", "typ")) {
            assertThat(reasonOf(() -> judge(Set.of(), false, with(name, kind))))
                    .isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "access_token", "Identity-proofed", "valid"})
    void acceptsOtherNamesOfAccessTokens(String kind) throws RefusedException {
        assertThat(judge(Set.of(), false, with("token_type", kind)).subject()).contains("alice");
    }

    @Test
    void mayWriteTheExpiryAsText() throws RefusedException {
        assertThat(judge(Set.of(), false, with("exp", "1000000")).expiresAt())
                .isEqualTo(Instant.ofEpochSecond(1_000_000));
    }

    /** RFC 9449 §6.2: what is bound says to what. */
    @Test
    void isBoundToSomethingWhereItSaysThatItIsBound() throws RefusedException {
        Map<String, Object> answer = with("token_type", "DPoP");
        assertThat(reasonOf(() -> judge(Set.of(), false, answer))).isEqualTo(RefusalReason.CLAIM_MISSING);
        answer.put("cnf", Map.of("jkt", "x"));
        assertThat(judge(Set.of(), false, answer).claims()).containsKey("cnf");
    }
}
