package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3986 §6.2.2. */
class PathFormTest {
    @ParameterizedTest
    @CsvSource({
        "/a/b,/a/b",
        "/a/,/a/",
        "/%61,/a",
        "/%7e%2D,/~-",
        "/%2f,/%2F",
        "/%c3%a9,/%C3%A9",
        "/%80,/%80",
        "/a/./b/../c,/a/c",
        "/a/..,/",
        "/../a,/a",
        "/a/%2e%2E/b,/b",
        "/a/.,/a/",
        "/!$&'()*+;=:@,/!$&'()*+;=:@"
    })
    void isOneForEquivalentPaths(String path, String normal) {
        assertThat(PathForm.normalise(path)).contains(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%",
                "/%6",
                "/%6g",
                "/%g6",
                "/a%",
                "/a b",
                "/a\"",
                "/\u0080",
                "/\u00E9",
                "/%\uFF11\uFF11",
                "/%6\uFF11",
                "/a\u007F"
            })
    void isNoneOfWhatIsNoPath(String path) {
        assertThat(PathForm.normalise(path)).isEmpty();
    }
}
