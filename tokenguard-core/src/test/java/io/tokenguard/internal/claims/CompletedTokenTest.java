package io.tokenguard.internal.claims;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static io.tokenguard.internal.claims.Verified.API;
import static io.tokenguard.internal.claims.Verified.ISSUER;
import static io.tokenguard.internal.claims.Verified.POLICY;
import static io.tokenguard.internal.claims.Verified.claims;
import static io.tokenguard.internal.claims.Verified.verified;
import static io.tokenguard.internal.claims.Verified.with;
import static io.tokenguard.internal.claims.Verified.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AccessToken.SubjectKind;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Signed tokens whose audience and subject only an answer of their issuer names. */
class CompletedTokenTest {
    private final ClaimsValidator validator = new ClaimsValidator(POLICY);

    private AccessToken incomplete(Map<String, Object> claims) throws RefusedException {
        return validator.validateIncomplete(verified(claims));
    }

    /** Neither audience nor subject. */
    private AccessToken bare() throws RefusedException {
        return incomplete(bareClaims());
    }

    private static Map<String, Object> bareClaims() {
        Map<String, Object> claims = without("aud");
        claims.remove("sub");
        return claims;
    }

    private static AccessToken.Builder answer(Map<String, Object> claims) {
        return AccessToken.builder(ISSUER).subjectKind(SubjectKind.USER).claims(claims);
    }

    private static AccessToken answer() {
        return answer(Map.of("aud", API, "sub", "alice", "sid", "s1"))
                .scopes(Set.of("read"))
                .roles(Set.of("clerk"))
                .build();
    }

    @Test
    void mayLackAudienceAndSubjectAndNothingElse() throws RefusedException {
        assertThat(bare().subject()).isEmpty();
        Map<String, Object> claims = bareClaims();
        claims.remove("jti");
        assertThat(reasonOf(() -> incomplete(claims))).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(detailOf(() -> incomplete(claims))).isEqualTo("jti");
        assertThat(reasonOf(() -> validator.validate(verified(bareClaims())))).isEqualTo(RefusalReason.CLAIM_MISSING);
    }

    @Test
    void areForThisApiIfTheyNameAnAudience() {
        assertThat(reasonOf(() -> incomplete(with("aud", "other")))).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
    }

    @Test
    void areCompleteWithAudienceAndSubject() throws RefusedException {
        assertThat(validator.isComplete(incomplete(claims()))).isTrue();
        assertThat(validator.isComplete(incomplete(without("aud")))).isFalse();
        assertThat(validator.isComplete(incomplete(without("sub")))).isFalse();
        assertThat(validator.isComplete(bare())).isFalse();
    }

    @Test
    void takeWhatTheyLackFromTheAnswer() throws RefusedException {
        AccessToken token = validator.complete(bare(), answer());
        assertThat(token.subject()).contains("alice");
        assertThat(token.claims()).containsEntry("aud", API).containsEntry("sid", "s1");
        assertThat(token.scopes()).containsExactly("read");
        assertThat(token.roles()).containsExactly("clerk");
        assertThat(token.subjectKind()).isEqualTo(SubjectKind.USER);
    }

    @Test
    void keepWhatTheyStateThemselves() throws RefusedException {
        Map<String, Object> claims = claims();
        claims.put("sid", "own");
        claims.put("scope", "write");
        claims.put("roles", List.of("boss"));
        AccessToken other = answer(Map.of("aud", "second", "sub", "bob", "sid", "s1"))
                .scopes(Set.of("read"))
                .roles(Set.of("clerk"))
                .build();
        AccessToken token = validator.complete(incomplete(claims), other);
        assertThat(token.subject()).contains("alice");
        assertThat(token.claims()).containsEntry("aud", API).containsEntry("sid", "own");
        assertThat(token.scopes()).containsExactly("write");
        assertThat(token.roles()).containsExactly("boss");
    }

    @Test
    void areCheckedAsIfTheyHadStatedWhatTheAnswerSays() {
        assertThat(reasonOf(() -> validator.complete(
                        bare(), answer(Map.of("sub", "alice")).build())))
                .isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(reasonOf(() -> validator.complete(
                        bare(), answer(Map.of("aud", "other", "sub", "alice")).build())))
                .isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        assertThat(reasonOf(() ->
                        validator.complete(bare(), answer(Map.of("aud", API)).build())))
                .isEqualTo(RefusalReason.CLAIM_MISSING);
    }

    @Test
    void actForTheirClientIfTheAnswerSaysSo() throws RefusedException {
        AccessToken ofClient = answer(Map.of("aud", API, "sub", "alice"))
                .subjectKind(SubjectKind.CLIENT)
                .build();
        assertThat(validator.complete(bare(), ofClient).subjectKind()).isEqualTo(SubjectKind.CLIENT);
        AccessToken ofItself = answer(Map.of("aud", API, "sub", "shop")).build();
        assertThat(validator.complete(bare(), ofItself).subjectKind()).isEqualTo(SubjectKind.CLIENT);
    }

    @Test
    void nameClientAndSubjectByTheirFirstText() {
        ClaimsValidator several = new ClaimsValidator(Verified.policy(
                Verified.SHAPE.clientIn("azp", "aud", "client_id").subjectIn("uid", "sub")));
        assertThat(several.clientIn(claims())).contains(API);
        assertThat(several.clientIn(with("azp", "first"))).contains("first");
        assertThat(several.clientIn(without("aud"))).contains("shop");
        assertThat(several.clientIn(with("aud", List.of("a", "b")))).contains("shop");
        assertThat(several.clientIn(Map.of("azp", "", "client_id", 1L))).isEmpty();
        assertThat(several.subjectIn(claims())).contains("alice");
        assertThat(several.subjectIn(with("uid", "7"))).contains("7");
        assertThat(several.subjectIn(new HashMap<>())).isEmpty();
    }
}
