package io.tokenguard.internal.request;

import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.Connection;
import io.tokenguard.access.RefusalReason;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3986 §3.3 and the suspicious sequences of Servlet 6.0 §3.5.2. */
class RequestPathTest {
    private static RefusalReason judge(String written) {
        return reasonOf(() -> RequestPath.requireUnambiguous(written));
    }

    private static void assertTaken(String written) {
        assertThat(judge(written)).as(written).isNull();
    }

    private static void assertRejected(String written) {
        assertThat(judge(written)).as(written).isEqualTo(RefusalReason.PATH_REJECTED);
    }

    private static String escaped(int octet) {
        return "%%%02x".formatted(octet);
    }

    @Nested
    class Rfc3986Section33 {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/", "/orders", "/orders/", "/orders/7", "/a/b/c/", "/a-b_c~d!e$f&g'h(i)j*k+l,m=n:o@p", "/a.b",
                            "/.a",
                    "/a.", "/...", "/a/.../b", "/..a", "/a..", "/~", "/A", "/0"
                })
        void takesPlainPaths(String written) {
            assertTaken(written);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "orders", "http://other.example/orders", "*", " /orders", "%2Forders"})
        void refusesWhatDoesNotBeginAtTheRoot(String written) {
            assertRejected(written);
        }

        static IntStream charactersToBeEncoded() {
            IntStream controlsAndSpace = IntStream.rangeClosed(0, 0x20);
            IntStream beyondAscii = IntStream.of(0x7F, 0x80, 0x85, 0xA0, 0xE9, 0x130, 0x2028, 0xFF0F, 0xD83D);
            return IntStream.concat(controlsAndSpace, beyondAscii);
        }

        @ParameterizedTest
        @MethodSource("charactersToBeEncoded")
        void refusesCharactersThatMustBeEncoded(int c) {
            assertRejected("/a" + (char) c);
            assertRejected("/a" + (char) c + "b");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/a?b", "/a#b", "/a#/../b", "/?"})
        void refusesQueriesAndFragments(String written) {
            assertRejected(written);
        }
    }

    @Nested
    class Rfc3986Section21 {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/%20",
                    "/%41",
                    "/%7e",
                    "/%7E",
                    "/%c3%a9",
                    "/%c3%af",
                    "/%C3%AF",
                    "/%C3%A9",
                    "/a%2Bb",
                    "/%e2%82%ac",
                    "/%F0%9F%98%80",
                    "/%3A%40"
                })
        void takesEncodedText(String written) {
            assertTaken(written);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/%",
                    "/%4",
                    "/%zz",
                    "/%4z",
                    "/%z4",
                    "/a%",
                    "/a%4",
                    "/%4/a",
                    "/%z0%9f%98%80",
                    "/%%41",
                    "/%-1",
                    "/%+1",
                    "/% 1",
                    "/%u0041",
                    "/%\u0664\u0661",
                    "/%4\u0661",
                    "/%\uFF14\uFF11"
                })
        void refusesBrokenEncoding(String written) {
            assertRejected(written);
        }
    }

    @Nested
    class Servlet60Section352 {
        static IntStream controls() {
            return IntStream.concat(IntStream.range(0, 0x20), IntStream.of(0x7F));
        }

        @ParameterizedTest
        @MethodSource("controls")
        void refusesEncodedControlCharacters(int control) {
            assertRejected("/a" + escaped(control));
            assertRejected("/" + escaped(control) + "a");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "%2f",
                    "%2F",
                    "%5c",
                    "%5C",
                    "%3b",
                    "%3B",
                    "%25",
                    "%2e",
                    "%2E",
                    "%3f",
                    "%3F",
                    "%23",
                    "%2e%2e",
                    "%252e",
                    "%252f",
                    "%25%32%65"
                })
        void refusesEncodedStructure(String encoded) {
            assertRejected("/a" + encoded + "b");
            assertRejected("/" + encoded);
            assertRejected("/" + encoded + "/a");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/a;b=c", "/a;", "/;/a", "/a;jsessionid=1/b", "/..;/a", "/a\\b", "/\\..\\a"})
        void refusesParametersAndBackslashes(String written) {
            assertRejected(written);
        }

        @ParameterizedTest
        @ValueSource(strings = {"//", "//a", "/a//b", "/a//", "///", "/a/b//c/", "/a///"})
        void refusesEmptySegmentsButForATrailingSlash(String written) {
            assertRejected(written);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/.", "/..", "/./", "/../", "/a/.", "/a/..", "/a/./b", "/a/../b", "/./a", "/../a", "/a/b/.."
                })
        void refusesDotSegments(String written) {
            assertRejected(written);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/%ff",
                    "/%fe",
                    "/%c3",
                    "/%c3%28",
                    "/%a9",
                    "/%c0%af",
                    "/%e0%80%af",
                    "/%f0%80%80%af",
                    "/%ed%a0%80",
                    "/%f4%90%80%80",
                    "/%e2%82",
                    "/%c0%ae%c0%ae/a"
                })
        void refusesWhatIsNotUtf8(String written) {
            assertRejected(written);
        }

        /** Persian, Bengali, Malayalam at the end of a word, a family as emoji, Mongolian; then signs that are visible. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/%d9%85%db%8c%e2%80%8c%d8%b1%d9%88%d9%85",
                    "/%e0%a6%b0%e2%80%8d%e0%a7%8d%e0%a6%af",
                    "/%e0%b4%a8%e0%b5%8d%e2%80%8d/x",
                    "/%f0%9f%91%a8%e2%80%8d%f0%9f%91%a9%e2%80%8d%f0%9f%91%a7",
                    "/%e1%a0%a8%e1%a0%a0%e1%a0%8e%e1%a0%a1",
                    "/%d8%80%d9%a1",
                    "/%db%9d%d9%a1",
                    "/%e6%b3%a8%e6%96%87",
                    "/stra%c3%9fe/%D0%B7%D0%B0%D0%BA%D0%B0%D0%B7"
                })
        void acceptsLettersThatAreLegalInTheirLanguage(String written) {
            assertTaken(written);
        }

        /** After a slash, a letter or digit of ASCII, a Latin letter, another joiner. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/%e2%80%8c",
                    "/%e2%80%8d%d9%85",
                    "/adm%e2%80%8cin",
                    "/admin%e2%80%8d",
                    "/1%e2%80%8d",
                    "/%c3%a9%e2%80%8d",
                    "/%d9%85%e2%80%8c%e2%80%8c"
                })
        void refusesJoinersWhereNoLanguageNeedsThem(String written) {
            assertRejected(written);
        }

        /** Of each category one: C1 control, format, line separator, paragraph separator, and one beyond the BMP. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/%c2%85",
                    "/%e2%80%8b",
                    "/%e2%80%ae",
                    "/%ef%bb%bf",
                    "/%c2%ad",
                    "/%e2%80%a8",
                    "/%e2%80%a9",
                    "/%f3%a0%80%81"
                })
        void refusesCharactersThatNobodySees(String written) {
            assertRejected(written);
            assertRejected("/a" + written.substring(1) + "/b");
        }
    }

    @Nested
    class ServedPaths {
        private static RefusalReason judge(String served, String written) {
            IncomingRequest request =
                    new IncomingRequest("GET", served, written, name -> List.of(), new Connection(true, "", ""));
            return reasonOf(() -> RequestPath.requireServable(request));
        }

        @ParameterizedTest
        @CsvSource({"/orders,/app/orders", "/,/app/", "/caf\u00E9/a b,/caf%c3%a9/a%20b", "/other,/orders"})
        void mayDifferFromWhatWasWritten(String served, String written) {
            assertThat(judge(served, written)).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "orders", "//orders", "/a//b", "/a/./b", "/a/../b", "/..", "/."})
        void areClearPathsToo(String served) {
            assertThat(judge(served, "/orders")).isEqualTo(RefusalReason.PATH_REJECTED);
        }

        @Test
        void doNotExcuseAnAmbiguousWrittenOne() {
            assertThat(judge("/orders", "/a/../orders")).isEqualTo(RefusalReason.PATH_REJECTED);
        }
    }

    @Nested
    class Methods {
        private static RefusalReason judge(String method, String path) {
            return reasonOf(() -> RequestPath.requireServable(
                    IncomingRequest.builder(method, path).build()));
        }

        @Test
        void areTakenButForTrace() {
            assertThat(judge("GET", "/orders")).isNull();
            assertThat(judge("PROPFIND", "/orders")).isNull();
            assertThat(judge("TRACE", "/orders")).isEqualTo(RefusalReason.METHOD_REJECTED);
        }

        @Test
        void doNotSaveAnAmbiguousPath() {
            assertThat(judge("GET", "/a//b")).isEqualTo(RefusalReason.PATH_REJECTED);
        }
    }
}
