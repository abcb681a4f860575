package io.tokenguard.internal.token;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6750 §2.1: a token that only its issuer can read. */
class OpaqueTokenTest {
    private static RefusalReason refusal(String token) {
        return reasonOf(() -> OpaqueToken.require(token, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "~", "a.b-c_d", "12345678"})
    void hasVisibleAsciiCharacters(String token) {
        assertThat(refusal(token)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "\t", "a\n", "\u007F", "\u0080", "a\u00E9", "\u4E2D"})
    void hasNoOtherCharacters(String token) {
        assertThat(refusal(token)).isEqualTo(RefusalReason.TOKEN_MALFORMED);
        assertThat(detailOf(() -> OpaqueToken.require(token, 8))).isEqualTo("character");
    }

    @Test
    void isNotEmpty() {
        assertThat(refusal("")).isEqualTo(RefusalReason.TOKEN_MALFORMED);
        assertThat(detailOf(() -> OpaqueToken.require("", 8))).isEqualTo("empty");
    }

    @Test
    void isNoLongerThanTheLimitWhateverIsInIt() {
        assertThat(refusal("123456789")).isEqualTo(RefusalReason.TOKEN_TOO_LARGE);
        assertThat(refusal("        \n")).isEqualTo(RefusalReason.TOKEN_TOO_LARGE);
    }
}
