package io.tokenguard.internal.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusalReason.OAuthError;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 9457: bodies of refusals as problem details. */
class ProblemDetailsTest {
    private static final ChallengePolicy POLICY =
            new ChallengePolicy("api", false, false, List.of(), DpopOffer.NONE, Optional.empty());
    private static final JsonLimits LIMITS = new JsonLimits(4, 100, 100, 1_000, 10);

    private static Challenge compose(RefusalReason reason, RefusalBody body) {
        return new ChallengeComposer(POLICY, body)
                .compose(reason, AccessRequirement.scope("orders:read"), false, Optional::empty);
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void everyRefusalHasItsStatusAndNothingElseThanItsOAuthError(RefusalReason reason) throws Exception {
        Challenge challenge = compose(reason, RefusalBody.PROBLEM_DETAILS);
        Map<String, ?> problem = JsonReader.readObject(challenge.body().getBytes(StandardCharsets.UTF_8), LIMITS);
        assertThat(challenge.headers()).containsEntry("Content-Type", List.of("application/problem+json"));
        assertThat(problem.get("type")).isEqualTo("about:blank");
        assertThat(problem.get("status")).isEqualTo((long) reason.status());
        assertThat(problem.get("error"))
                .isEqualTo(
                        reason.error() == OAuthError.NONE
                                ? null
                                : reason.error().code());
        assertThat(problem.keySet()).isSubsetOf("type", "title", "status", "error");
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void theChallengeIsTheSameAsWithoutThem(RefusalReason reason) {
        assertThat(compose(reason, RefusalBody.PROBLEM_DETAILS).wwwAuthenticate())
                .isEqualTo(compose(reason, RefusalBody.OAUTH_ERROR).wwwAuthenticate());
    }

    @Test
    void theTitleIsThePhraseOfTheStatus() {
        assertThat(compose(RefusalReason.NO_CREDENTIALS, RefusalBody.PROBLEM_DETAILS)
                        .body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401}");
        assertThat(compose(RefusalReason.SCOPE_INSUFFICIENT, RefusalBody.PROBLEM_DETAILS)
                        .body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,"
                        + "\"error\":\"insufficient_scope\"}");
        assertThat(compose(RefusalReason.KEYS_UNAVAILABLE, RefusalBody.PROBLEM_DETAILS)
                        .body())
                .startsWith("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503");
    }
}
