package io.tokenguard.internal.claims;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 7662 §2.2: what the answer and the signed token both say must be the same. */
class AnswerAgreementTest {
    private static final Map<String, Object> BOUND = Map.of("cnf", Map.of("jkt", "a"));
    private static final AccessToken SIGNED = token(Map.of("sub", "alice", "azp", "shop", "cnf", Map.of("jkt", "a")));

    /** Of a dialect with the client in {@code azp}, or else in the audience, and of subjects in {@code oid}. */
    private static final AnswerAgreement AGREEMENT = AnswerAgreement.of(TokenShape.with("iss")
            .clientIn("azp", "aud")
            .subjectIn("oid", "sub")
            .inAnswers(Set.of()));

    private static AccessToken token(Map<String, Object> claims) {
        return AccessToken.builder("https://issuer.example")
                .expiresAt(Instant.ofEpochSecond(1_000))
                .claims(claims)
                .build();
    }

    private static RefusalReason refusal(AccessToken signed, Map<String, Object> answer) {
        return reasonOf(() -> AGREEMENT.require(signed, token(answer)));
    }

    private static void assertContradiction(AccessToken signed, Map<String, Object> answer) {
        assertThat(refusal(signed, answer)).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(detailOf(() -> AGREEMENT.require(signed, token(answer)))).isEqualTo("answer contradicts the token");
    }

    private static String found(AccessToken signed, Map<String, Object> answer) {
        return catchThrowableOfType(RefusedException.class, () -> AGREEMENT.require(signed, token(answer)))
                .finding()
                .found();
    }

    @Test
    void acceptsTheSameSubjectClientAndKey() {
        assertThat(refusal(SIGNED, Map.of("sub", "alice", "azp", "shop", "cnf", Map.of("jkt", "a"))))
                .isNull();
    }

    @Test
    void ignoresWhatTheAnswerOmits() {
        assertThat(refusal(SIGNED, Map.of())).isNull();
        assertThat(refusal(SIGNED, Map.of("sub", "", "azp", ""))).isNull();
    }

    @Test
    void ignoresWhoTheTokenDoesNotName() {
        assertThat(refusal(token(Map.of()), Map.of("sub", "alice", "client_id", "shop")))
                .isNull();
    }

    @Test
    void refusesAnotherSubject() {
        assertContradiction(SIGNED, Map.of("sub", "mallory", "azp", "shop"));
        assertThat(found(SIGNED, Map.of("sub", "mallory")))
                .isEqualTo("sub of the introspection answer differs from sub of the token");
    }

    @Test
    void refusesAnotherClient() {
        assertContradiction(SIGNED, Map.of("azp", "other"));
        assertThat(found(SIGNED, Map.of("client_id", "other")))
                .isEqualTo("client_id of the introspection answer differs from azp of the token");
    }

    /** RFC 7662 §2.2: a client is in {@code client_id}, whatever the server's tokens call it. */
    @Test
    void comparesClientsUnderDifferentNames() {
        assertThat(refusal(SIGNED, Map.of("client_id", "shop"))).isNull();
        assertContradiction(SIGNED, Map.of("client_id", "other"));
    }

    /** Keycloak answers the client in both claims, and a mapper may write another {@code client_id} into the token. */
    @Test
    void letsTheFirstClaimThatBothHaveDecide() {
        AccessToken mapped = token(Map.of("azp", "shop", "client_id", "by a mapper"));
        assertThat(refusal(mapped, Map.of("azp", "shop", "client_id", "shop"))).isNull();
        assertContradiction(mapped, Map.of("azp", "other", "client_id", "by a mapper"));
        AccessToken other = token(Map.of("azp", Map.of("a", 1L), "client_id", "shop"));
        assertThat(refusal(other, Map.of("azp", "x", "client_id", "shop"))).isNull();
    }

    /** Spring Authorization Server: a single audience stands for the client, until it is the name of an API. */
    @Test
    void doesNotTakeAnAudienceForAClient() {
        AccessToken signed = token(Map.of("sub", "alice", "aud", "https://api.example"));
        assertThat(refusal(signed, Map.of("sub", "alice", "client_id", "shop", "aud", "https://api.example")))
                .isNull();
    }

    /** An answer need not have the claim that the configuration takes for the subject. */
    @Test
    void comparesSubjectsOfTheSameClaimOnly() {
        AccessToken signed = token(Map.of("oid", "1", "sub", "pairwise"));
        assertThat(refusal(signed, Map.of("sub", "pairwise"))).isNull();
        assertContradiction(signed, Map.of("sub", "other"));
        assertContradiction(signed, Map.of("oid", "2", "sub", "pairwise"));
        assertThat(refusal(token(Map.of("oid", "1")), Map.of("sub", "alice"))).isNull();
    }

    @Test
    void refusesAnotherKey() {
        assertContradiction(SIGNED, Map.of("cnf", Map.of("jkt", "b")));
    }

    // RFC 7800 §3.1; Keycloak 26.7 adds a member to cnf
    @Test
    void ignoresMembersBesideTheKey() {
        AccessToken signed = token(Map.of("cnf", Map.of("jkt", "a", "kc", 1)));
        assertThat(refusal(signed, BOUND)).isNull();
        assertThat(refusal(SIGNED, Map.of("cnf", Map.of("jkt", "a", "kc", 1)))).isNull();
    }

    @Test
    void refusesAnAnswerThatNamesOneOfTwoKeys() {
        assertContradiction(token(Map.of("cnf", Map.of("jkt", "a", "x5t#S256", "b"))), BOUND);
    }

    @Test
    void refusesAKeyThatTheTokenDoesNotName() {
        assertContradiction(token(Map.of()), new LinkedHashMap<>(BOUND));
    }
}
