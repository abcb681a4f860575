package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3986 §3.2. */
class AuthorityTest {
    @ParameterizedTest
    @CsvSource({
        "API.example.com,api.example.com",
        "a,a",
        "a_b-c~d.e9,a_b-c~d.e9",
        "a:1,a:1",
        "a:65535,a:65535",
        "a:00080,a:80",
        "a:,a",
        "127.0.0.1:8080,127.0.0.1:8080",
        "[::1],[::1]",
        "[::FFFF:127.0.0.1]:443,[::ffff:127.0.0.1]:443"
    })
    void isAHostAndAPort(String text, String normal) {
        assertThat(Authority.read(text).orElseThrow().text()).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a:0",
                "a:65536",
                "a:000080",
                "a:8x",
                "a:/1",
                "a:1:",
                "a:-1",
                "a:+1",
                "a b",
                "a/b",
                "u@a",
                "a\u0080",
                "\u00E9.example",
                "\u0661",
                "[]",
                "[",
                "[::1",
                "[::g]",
                "[::1]a",
                "[\uFF11]",
                "[:\u0661]",
                "a:\u0661"
            })
    void isNothingElse(String text) {
        assertThat(Authority.read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "123456", "8/", "8:"})
    void hasNoOtherPort(String digits) {
        assertThat(Authority.readPort(digits)).isEmpty();
    }
}
