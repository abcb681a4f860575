package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Route;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rule speaks for a request. Each rule here demands a scope that tells it from the others. */
class RouteTableTest {
    private static RouteTable table(String... routes) {
        return new RouteTable(Stream.of(routes).map(Route::parse).toList());
    }

    /** The scope that the rule for a request demands; empty where there is no rule. */
    private static String find(RouteTable table, String method, String path) {
        return table.find(method, path)
                .map(AccessRequirement.Scope.class::cast)
                .map(AccessRequirement.Scope::name)
                .orElse("");
    }

    /** In decoded form, character by character. */
    @Nested
    class LettersOfEveryLanguage {
        private static final String PERSIAN = "/\u0645\u06cc\u200c\u0631\u0648\u0645";

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/stra\u00dfe",
                    "/\u6ce8\u6587",
                    "/\u0437\u0430\u043a\u0430\u0437",
                    PERSIAN,
                    "/\ud83d\udc68\u200d\ud83d\udc69"
                })
        void areComparedToTheLetter(String path) {
            assertThat(find(table("GET " + path + "/** scope a"), "GET", path + "/x"))
                    .isEqualTo("a");
            assertThat(find(table("GET /**  scope b", "GET " + path + " scope a"), "GET", path))
                    .isEqualTo("a");
        }

        @Test
        void comeUnderTheRuleOfTheNameWithoutJoinersToo() {
            RouteTable table = table("/" + "\u0645\u06cc\u0631\u0648\u0645 scope a", "/** scope b");
            assertThat(table.find("GET", PERSIAN))
                    .contains(AccessRequirement.scope("a").and(AccessRequirement.scope("b")));
        }
    }

    @Nested
    class Patterns {
        private static boolean matches(String pattern, String path) {
            return !find(table(pattern + " scope a"), "GET", path).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "/, /, true",
            "/, /a, false",
            "/, '', false",
            "/a, /a, true",
            "/a, /A, false",
            "/a, /a//, true",
            "/a/b/, /a/b, true",
            "/a/b, /a/b/, true",
            "/a, /ab, false",
            "/ab, /a, false",
            "/a, /b, false",
            "/a, /a/, true",
            "/a/, /a/, true",
            "/a/, /a, true",
            "/a, /, false",
            "/a, /a/b, false",
            "/a/b, /a/b, true",
            "/a/b, /a, false",
            "/a/b, /b, false",
            "/a/b, /a/c, false",
            "/a/b, /a/b/c, false",
            "/a.json, /a.json, true",
            "/a.json, /a, false"
        })
        void matchNamesToTheLetter(String pattern, String path, boolean expected) {
            assertThat(matches(pattern, path)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({
            "/*, /a, true",
            "/*, /, false",
            "/*, /a/, true",
            "/*, /a/b, false",
            "/*/b, /a/b, true",
            "/*/b, /a/c, false",
            "/*/b, //b, false",
            "/a/*/c, /a/b/c, true",
            "/a/*/c, /a/c, false",
            "/a/*, /a/b, true",
            "/a/*, /a/, false",
            "/a/*/, /a/b, true",
            "/a/*/c, /a/b/c/, true",
            "/a/*, /a, false",
            "/*/*, /a/b, true",
            "/*/*, /a, false"
        })
        void takeOneSegmentForAnAsterisk(String pattern, String path, boolean expected) {
            assertThat(matches(pattern, path)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({
            "/**, /, true",
            "/**, /a, true",
            "/**, /a/b/c, true",
            "/a/**, /a, true",
            "/a/**, /a/, true",
            "/a/**, /a/b, true",
            "/a/**, /a/b/c/, true",
            "/a/**, /ab, false",
            "/a/**, /b, false",
            "/a/**, /, false",
            "/a/*/**, /a, false",
            "/a/*/**, /a/b, true",
            "/a/*/**, /a/b/c/d, true"
        })
        void takeAnyNumberOfSegmentsForAnOpenEnd(String pattern, String path, boolean expected) {
            assertThat(matches(pattern, path)).isEqualTo(expected);
        }
    }

    @Nested
    class Methods {
        private final RouteTable table = table("GET /a scope get", "PUT,DELETE /a scope write", "/a scope any");

        @ParameterizedTest
        @CsvSource({
            "GET,get",
            "HEAD,get",
            "PUT,write",
            "DELETE,write",
            "POST,any",
            "OPTIONS,any",
            "PROPFIND,''",
            "get,''"
        })
        void areCoveredByName(String method, String scope) {
            assertThat(find(table, method, "/a")).isEqualTo(scope);
        }

        @Test
        void coverHeadWithGetAndNothingElse() {
            assertThat(find(table("PUT /a scope put"), "HEAD", "/a")).isEmpty();
            assertThat(find(table("HEAD /a scope head"), "GET", "/a")).isEmpty();
            assertThat(find(table("HEAD /a scope head"), "HEAD", "/a")).isEqualTo("head");
        }

        @Test
        void letARuleThatNamesHeadDecideAboutItBeforeOneForGetInEitherOrder() {
            assertThat(find(table("GET /a scope get", "HEAD /a scope head"), "HEAD", "/a"))
                    .isEqualTo("head");
            assertThat(find(table("HEAD /a scope head", "GET /a scope get"), "HEAD", "/a"))
                    .isEqualTo("head");
        }

        @Test
        void leaveARequestToAWiderPatternWhereTheNarrowOneDoesNotCoverThem() {
            RouteTable wider = table("GET /a/b scope narrow", "/a/** scope wide");
            assertThat(find(wider, "GET", "/a/b")).isEqualTo("narrow");
            assertThat(find(wider, "PUT", "/a/b")).isEqualTo("wide");
        }
    }

    @Nested
    class Specificity {
        private static final List<String> FROM_NARROW_TO_WIDE = List.of(
                "/a/b/c scope abc",
                "/a/b/* scope ab-any",
                "/a/b/** scope ab-open",
                "/a/*/c scope a-any-c",
                "/a/*/* scope a-any-any",
                "/a/*/** scope a-any-open",
                "/a scope a",
                "/a/** scope a-open",
                "/*/b scope any-b",
                "/*/* scope any-any",
                "/*/*/** scope any-any-open",
                "/* scope any",
                "/*/** scope any-open",
                "/** scope open");

        @ParameterizedTest
        @CsvSource({
            "/a/b/c, abc",
            "/a/b/x, ab-any",
            "/a/b, ab-open",
            "/a/b/c/d, ab-open",
            "/a/x/c, a-any-c",
            "/a/x/y, a-any-any",
            "/a/x, a-any-open",
            "/a/x/y/z, a-any-open",
            "/a, a",
            "/a/, a",
            "/x/b, any-b",
            "/x/y, any-any",
            "/x/y/z, any-any-open",
            "/x, any",
            "/x/, any",
            "/, open"
        })
        void goesByNamesThenByAsterisksThenByLength(String path, String scope) {
            assertThat(find(table(FROM_NARROW_TO_WIDE.toArray(String[]::new)), "GET", path))
                    .isEqualTo(scope);
        }

        @Test
        void doesNotDependOnTheOrderInWhichTheRulesStand() {
            Random random = new Random(1);
            RouteTable ordered = table(FROM_NARROW_TO_WIDE.toArray(String[]::new));
            for (int round = 0; round < 50; round++) {
                List<String> shuffled = new ArrayList<>(FROM_NARROW_TO_WIDE);
                Collections.shuffle(shuffled, random);
                RouteTable table = table(shuffled.toArray(String[]::new));
                for (String path : List.of("/a/b/c", "/a/b/x", "/a/b", "/a/x/c", "/a/x", "/a", "/x/b", "/x", "/")) {
                    assertThat(find(table, "GET", path)).as(path).isEqualTo(find(ordered, "GET", path));
                }
            }
        }

        @Test
        void prefersTheRuleForFewerMethodsOfOnePattern() {
            assertThat(find(table("/a scope any", "GET /a scope get"), "GET", "/a"))
                    .isEqualTo("get");
            assertThat(find(table("GET /a scope get", "/a scope any"), "GET", "/a"))
                    .isEqualTo("get");
            assertThat(find(table("GET,PUT /a scope two", "GET /a scope one"), "GET", "/a"))
                    .isEqualTo("one");
        }

        @Test
        void prefersTheNarrowerPatternToTheRuleForFewerMethods() {
            assertThat(find(table("GET /** scope wide", "/a scope narrow"), "GET", "/a"))
                    .isEqualTo("narrow");
        }
    }

    @Nested
    class Agreement {
        private static void assertContradicts(String one, String other) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> table(one, other))
                    .satisfies(wrong -> assertThat(wrong.key()).isEqualTo("route"));
            assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> table(other, "/x public", one));
        }

        private static void assertAgrees(String... routes) {
            assertThatCode(() -> table(routes)).doesNotThrowAnyException();
        }

        @Test
        void isRefusedToRulesOfOnePatternThatDemandDifferentThings() {
            assertContradicts("/a scope a", "/a scope b");
            assertContradicts("/a/** public", "/a/** authenticated");
            assertContradicts("/a scope a", "/a/ public");
            assertContradicts("/a/* scope a", "/a/*/ public");
            assertContradicts("GET /a scope a", "GET /a deny");
            assertContradicts("GET,PUT /a scope a", "PUT,POST /a scope b");
        }

        @Test
        void isNotNeededByRulesThatSayTheSame() {
            assertAgrees("/a scope a", "/a scope a", "/a scope a");
        }

        @Test
        void isNotNeededByRulesOfDifferentMethods() {
            assertAgrees("GET /a scope a", "PUT /a scope b");
            assertAgrees("GET,HEAD /a scope a", "PUT,POST /a scope b");
        }

        @Test
        void isNotNeededWhereOneRuleIsTheMoreSpecific() {
            assertAgrees("GET /a scope a", "/a scope b");
            assertAgrees("/a scope a", "/* scope b", "/a/** scope c", "/** scope d");
        }
    }

    @Test
    void findsNothingInAnEmptyTable() {
        assertThat(new RouteTable(List.of()).find("GET", "/")).isEmpty();
    }
}
