package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3986 §2.1. */
class PercentEncodingTest {
    @ParameterizedTest
    @CsvSource({"a+b,a+b", "%41%7a%2B,Az+", "%7F,\u007F", "~,~"})
    void isReadAsAscii(String text, String decoded) {
        assertThat(PercentEncoding.decode(text)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%", "%4", "a%", "%4g", "%g4", "%80", "%FF", "\u0080", "\u00E9", "%\uFF14\uFF11", "%4\uFF11"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> PercentEncoding.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
