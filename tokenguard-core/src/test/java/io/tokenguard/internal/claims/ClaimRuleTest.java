package io.tokenguard.internal.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8725 §3.12: rules that distinguish kinds of tokens. */
class ClaimRuleTest {
    private static boolean holds(String rule, Map<String, Object> claims) {
        return ClaimRule.of(rule).holds(new ClaimReader(claims));
    }

    @Nested
    class Conditions {
        @Test
        void askForAClaimOfAnyValue() {
            assertThat(holds("azp", Map.of("azp", "shop"))).isTrue();
            assertThat(holds("azp", Map.of("cid", "shop"))).isFalse();
        }

        @Test
        void askForAClaimToBeAbsent() {
            assertThat(holds("!nonce", Map.of())).isTrue();
            assertThat(holds("!nonce", Map.of("nonce", "n"))).isFalse();
        }

        @Test
        void askForAValueWithBlanksAroundIt() {
            assertThat(holds(" typ = Bearer ", Map.of("typ", "Bearer"))).isTrue();
            assertThat(holds("typ=Bearer", Map.of("typ", "ID"))).isFalse();
        }

        @Test
        void takeAllAfterTheFirstEqualsSignAsTheValue() {
            assertThat(holds("key=a=b", Map.of("key", "a=b"))).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "!", "=", "=a", "a=", "a= ", "!a=b", "!=b", "a or ", " and a", "a and  or b"})
        void nameAClaimAndAskForNoValueOfAnAbsentOne(String rule) {
            assertThatThrownBy(() -> ClaimRule.of(rule)).isInstanceOf(IllegalArgumentException.class);
        }

        /** RFC 6901. */
        @Test
        void readAValueInsideAClaimByAPointer() {
            Map<String, Object> claims = Map.of("a", Map.of("b/c~d", "x"), "/a/b", "y");
            assertThat(holds("/a/b~1c~0d=x", claims)).isTrue();
            assertThat(holds("/a", claims)).isTrue();
            assertThat(holds("/a/b", claims)).isFalse();
            assertThat(holds("/a/b~1c~0d/e", claims)).isFalse();
        }
    }

    @Test
    void holdsIfAllConditionsOfOneAlternativeHold() {
        String rule = "typ=Bearer or ver=2 and scp";
        assertThat(holds(rule, Map.of("typ", "Bearer"))).isTrue();
        assertThat(holds(rule, Map.of("ver", 2L, "scp", "a"))).isTrue();
        assertThat(holds(rule, Map.of("ver", 2L))).isFalse();
        assertThat(holds(rule, Map.of("scp", "a"))).isFalse();
    }

    @Test
    void isWrittenAsItWasRead() {
        for (String rule : List.of("azp", "!nonce", "typ=Bearer or ver=2 and scp")) {
            assertThat(ClaimRule.of(rule)).hasToString(rule);
        }
    }

    @Test
    void isAboutPresenceIfNoConditionAsksForAValue() {
        assertThat(ClaimRule.of("a and !b or c").isAboutPresence()).isTrue();
        assertThat(ClaimRule.of("a or b=c").isAboutPresence()).isFalse();
    }

    @Nested
    class KindOfToken {
        private static boolean isProven(String rule, Map<String, Object> claims) {
            return ClaimRule.of(rule).provesAccessToken(new ClaimReader(claims));
        }

        @ParameterizedTest
        @ValueSource(strings = {"typ=Bearer", "token_use=access", "tty=at+jwt", "scp and token_type=DPoP"})
        void isProvenByAValueThatOnlyAccessTokensHave(String rule) {
            Map<String, Object> claims =
                    Map.of("typ", "Bearer", "token_use", "access", "tty", "at+jwt", "token_type", "DPoP", "scp", "a");
            assertThat(isProven(rule, claims)).isTrue();
            assertThat(isProven(rule, Map.of("scp", "a"))).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"typ", "!azp", "kind=access", "typ=ID", "scp=access"})
        void isNotProvenByOtherConditionsThatHold(String rule) {
            Map<String, Object> claims = Map.of("typ", "ID", "kind", "access", "scp", "access");
            assertThat(holds(rule, claims)).isTrue();
            assertThat(isProven(rule, claims)).isFalse();
        }

        @Test
        void isNotProvenByAnAlternativeThatDoesNotHold() {
            String rule = "typ=Bearer or scp";
            assertThat(isProven(rule, Map.of("typ", "ID", "scp", "a"))).isFalse();
            assertThat(isProven(rule, Map.of("typ", "Bearer"))).isTrue();
        }
    }

    @Test
    void fixesAClaimIfEveryAlternativeGivesItAValue() {
        Set<String> pins = Set.of("tid", "org");
        assertThat(ClaimRule.of("tid=1 or org=2 and scp").fixesOneOf(pins)).isTrue();
        assertThat(ClaimRule.of("tid=1 or scp=a").fixesOneOf(pins)).isFalse();
        assertThat(ClaimRule.of("tid").fixesOneOf(pins)).isFalse();
        assertThat(ClaimRule.of("!tid").fixesOneOf(pins)).isFalse();
    }

    /** RFC 7662 §2.2: an answer always has the client in client_id, and the scopes in scope. */
    @Test
    void leavesOutOfAnswersWhatMeansSomethingElseThere() {
        assertThat(ClaimRule.of("!scp or client_id or client_id=a or idtyp=app and !sub or gty=cc or client_id and a")
                        .inAnswers())
                .hasToString("client_id=a or idtyp=app and !sub or gty=cc");
    }
}
