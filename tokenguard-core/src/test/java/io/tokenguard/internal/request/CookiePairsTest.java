package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pairs of the field Cookie (RFC 6265 §4.2.1). */
class CookiePairsTest {
    private static final String NAME = "__Host-access";

    private static List<String> values(String... lines) {
        return CookiePairs.valuesOf(List.of(lines), NAME);
    }

    @Test
    void findsTheCookieAmongOthersAndInEveryLine() {
        assertThat(values("a=b; __Host-access=x; c=d")).containsExactly("x");
        assertThat(values("a=b", "__Host-access=x")).as("RFC 9113 §8.2.3").containsExactly("x");
        assertThat(values("__Host-access=x;a=b;\t__Host-access = y ")).containsExactly("x", "y");
        assertThat(values("__Host-access=", "__Host-access=a=b==")).containsExactly("", "a=b==");
    }

    @Test
    void aQuotedValueHidesNoPair() {
        assertThat(values("a=\"x; __Host-access=y; b=z\"")).containsExactly("y");
        assertThat(values("__Host-access=\"x; y\"")).containsExactly("\"x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "=",
                "__Host-access",
                "__host-access=x",
                "__HOST-ACCESS=x",
                "__Host-accesss=x",
                "a__Host-access=x",
                "=__Host-access=x",
                "$Version=1,__Host-access=x",
                "a=1,__Host-access=x",
                "\u00a0__Host-access=x",
                "\u2000__Host-access=x",
                "\u00e2\u0080\u0080__Host-access=x",
                "\u0085__Host-access=x",
                "\u000b__Host-access=x",
                "__Host-access\u00a0=x",
                "__%48ost-access=x",
                "Secure-access=x"
            })
    void anotherNameIsAnotherCookie(String line) {
        assertThat(values(line)).isEmpty();
    }
}
