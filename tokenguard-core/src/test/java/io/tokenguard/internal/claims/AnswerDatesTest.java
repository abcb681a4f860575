package io.tokenguard.internal.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7662 §2.2 has a number; some servers write text. */
class AnswerDatesTest {
    @ParameterizedTest
    @CsvSource({"0,0", "9,9", "1000000,1000000", "000000000007,7", "999999999999,999999999999"})
    void readsUpToTwelveDigitsAsANumber(String text, long seconds) {
        assertThat(AnswerDates.read(Map.of("exp", text, "sub", "alice")))
                .isEqualTo(Map.of("exp", seconds, "sub", "alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1000000000000", "-1", "+1", "1.5", "1e3", " 1", "1/", "1:", "\u0661", "soon"})
    void leavesOtherTextAsItIs(String text) {
        Map<String, Object> members = Map.of("exp", text);
        assertThat(AnswerDates.read(members)).isSameAs(members);
    }

    @Test
    void readsEveryDateThatIsUsed() {
        assertThat(AnswerDates.read(Map.of("exp", "3", "nbf", "1", "iat", "2", "auth_time", "0")))
                .isEqualTo(Map.of("exp", 3L, "nbf", 1L, "iat", 2L, "auth_time", "0"));
    }

    @Test
    void leavesNumbersAndAnswersWithoutAnExpiryAsTheyAre() {
        Map<String, Object> number = Map.of("exp", 5L);
        Map<String, Object> none = Map.of("sub", "1");
        assertThat(AnswerDates.read(number)).isSameAs(number);
        assertThat(AnswerDates.read(none)).isSameAs(none);
    }
}
