package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7239 §4. */
class ForwardedFieldTest {
    @Test
    void hasPairsOfTokensAndQuotedTexts() {
        assertThat(ForwardedField.read("Proto=https; HOST=\"a b ~\" ;by=[::1]:80"))
                .contains(Map.of("proto", "https", "host", "a b ~", "by", "[::1]:80"));
        assertThat(ForwardedField.read("for=\"x\"")).contains(Map.of("for", "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "proto",
                "proto=",
                "=https",
                "proto=a;proto=b",
                "proto=a;",
                "host=a b",
                "host=\"",
                "host=\"\"",
                "host=\"a",
                "host=a\"",
                "host=\"a\"b\"",
                "host=\"a\\b\"",
                "host=\"a\u001Fb\"",
                "host=\"a\u007Fb\"",
                "host=\"a\u0080b\"",
                "host=a\u0080",
                "host=\u00E9",
                "h\u00F6st=a",
                "ho st=a"
            })
    void hasNothingElse(String field) {
        assertThat(ForwardedField.read(field)).isEmpty();
    }
}
