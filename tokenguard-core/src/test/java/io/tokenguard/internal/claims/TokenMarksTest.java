package io.tokenguard.internal.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which claims of ID tokens an access token may have (OpenID Connect Core §2). */
class TokenMarksTest {
    private static final TokenMarks NONE = new TokenMarks(List.of(), List.of(), Set.of(), false);

    private static boolean allowsNonce(TokenMarks marks, Map<String, Object> claims) {
        return marks.allows("nonce", new ClaimReader(claims));
    }

    @Test
    void allowNoneUnlessSomethingMarksTheToken() {
        assertThat(allowsNonce(NONE, Map.of("typ", "Bearer"))).isFalse();
    }

    @Test
    void allowAllWhereIdTokensAreAccepted() {
        assertThat(allowsNonce(NONE.withIdTokens(), Map.of())).isTrue();
    }

    @Test
    void allowWhatIsToleratedInATokenWithAllMarkers() {
        TokenMarks marks =
                NONE.and(ClaimRule.of("ver=1")).and(ClaimRule.of("scp")).tolerating("nonce");
        assertThat(allowsNonce(marks, Map.of("ver", "1", "scp", "a"))).isTrue();
        assertThat(allowsNonce(marks, Map.of("scp", "a"))).isFalse();
        assertThat(marks.allows("at_hash", new ClaimReader(Map.of("ver", "1", "scp", "a"))))
                .isFalse();
    }

    @Test
    void allowAllInATokenThatAMarkerProvesToBeAnAccessToken() {
        TokenMarks marks = NONE.and(ClaimRule.of("scp")).and(ClaimRule.of("typ=Bearer"));
        assertThat(allowsNonce(marks, Map.of("typ", "Bearer"))).isTrue();
        assertThat(allowsNonce(marks, Map.of("typ", "ID", "scp", "a"))).isFalse();
    }

    @Test
    void tolerateNothingUnderAnotherMarker() {
        TokenMarks marks = NONE.and(ClaimRule.of("scp"))
                .tolerating("nonce")
                .requiring(List.of(ClaimRule.of("jti")))
                .by(ClaimRule.of("ver=2"));
        assertThat(marks.markers()).containsExactly(ClaimRule.of("ver=2"));
        assertThat(marks.required()).containsExactly(ClaimRule.of("jti"));
        assertThat(allowsNonce(marks, Map.of("scp", "a", "ver", "2"))).isFalse();
    }
}
