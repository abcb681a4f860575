package io.tokenguard.fuzz;

import static io.tokenguard.fuzz.FuzzedGuard.requireThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.claims.ClaimsPolicy;
import io.tokenguard.internal.claims.ClaimsValidator;
import io.tokenguard.internal.claims.NameClaim;
import io.tokenguard.internal.claims.TokenShape;
import io.tokenguard.internal.introspection.AnswerReader;
import io.tokenguard.internal.keys.FetchException;
import io.tokenguard.internal.token.VerifiedClaims;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Any bytes as an issuer's answer about a token: no answer, refused, or one of that issuer for this API. */
class AnswerFuzzTest {
    private static final ClaimsValidator VALIDATOR = new ClaimsValidator(
            new ClaimsPolicy("https://i.example", Set.of("api"), TokenShape.with("iss"), List.of("scope"), List.of())
                    .forAnswers(Set.of("iss", "aud", "exp"), NameClaim.in(List.of("scope")), Set.of(), false));

    @FuzzTest(maxDuration = "2m")
    @DictionaryEntries({
        "{\"active\":true,",
        "\"iss\":\"https://i.example\"",
        "\"aud\":\"api\"",
        "\"aud\":[\"api\"]",
        "\"exp\":1893456000",
        "\"scope\":\"a b\"",
        "\"token_type\":\"Bearer\"",
        "\"token_type\":\"DPoP\"",
        "\"cnf\":{\"jkt\":",
        "\"client_id\":\"c\"",
        "\"sub\":\"s\""
    })
    void makesNoTokenOfAnythingElse(byte[] input) {
        FuzzedGuard.bounded(() -> read(input)).ifPresent(AnswerFuzzTest::requireRules);
    }

    private static Optional<AccessToken> read(byte[] input) {
        try {
            Map<String, Object> members = AnswerReader.unsigned().read(input).members();
            return Optional.of(VALIDATOR.validateAnswer(new VerifiedClaims(members, null), Instant.EPOCH));
        } catch (FetchException | RefusedException refused) {
            return Optional.empty();
        }
    }

    private static void requireRules(AccessToken token) {
        requireThat(token.issuer().equals("https://i.example"), "of another issuer");
        requireThat(token.audiences().contains("api"), "for another API");
        requireThat(token.claims().get("exp") != null, "without end");
        requireThat(
                !"DPoP".equals(token.claims().get("token_type"))
                        || token.claims().get("cnf") != null,
                "bound to nobody");
    }
}
