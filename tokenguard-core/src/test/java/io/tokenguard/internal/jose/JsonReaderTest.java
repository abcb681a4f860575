package io.tokenguard.internal.jose;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8259, in its order; texts are in {@link JsonTextReaderTest}, bounds in {@link JsonLimitsTest}. */
class JsonReaderTest {
    private static Map<String, Object> read(String json) throws MalformedException {
        return JsonReader.readObject(json.getBytes(UTF_8), JsonLimits.CLAIMS);
    }

    private static Object readValue(String value) throws MalformedException {
        return read("{\"a\":" + value + "}").get("a");
    }

    private static void assertRefused(String json) {
        assertThatExceptionOfType(MalformedException.class)
                .as(json)
                .isThrownBy(() -> read(json))
                .satisfies(malformed -> {
                    assertThat(malformed.isBeyondLimit()).isFalse();
                    assertThat(malformed.getMessage()).isNotBlank();
                });
    }

    @Nested
    class Section2Grammar {
        @ParameterizedTest
        @ValueSource(strings = {" ", "\t", "\n", "\r", " \t\r\n "})
        void takesWhiteSpaceAroundEveryStructuralCharacter(String space) throws MalformedException {
            String json = " { 'a' : [ 1 , 2 ] , 'b' : { } , 'c' : [ ] } "
                    .replace(" ", space)
                    .replace('\'', '"');
            assertThat(read(json)).isEqualTo(Map.of("a", List.of(1L, 2L), "b", Map.of(), "c", List.of()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\f", "\u000B", "\u0000", "\u00A0", "\u2028", "\uFEFF", "/**/", "//\n"})
        void takesNothingElseForWhiteSpace(String space) {
            assertRefused(space + "{}");
            assertRefused("{}" + space);
            assertRefused("{" + space + "}");
            assertRefused("{\"a\":" + space + "1}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "[]", "[}", "x}", "[\"a\":1}", "\"a\"", "1", "null", "true", "a", "}", "'{}'"})
        void refusesWhateverIsNotAnObject(String json) {
            assertRefused(json);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}{}", "{} x", "{}}", "{},", "{}\u0000"})
        void refusesWhateverStandsBehindTheObject(String json) {
            assertRefused(json);
        }
    }

    @Nested
    class Section3Values {
        @Test
        void readsTheThreeLiteralNames() throws MalformedException {
            assertThat(readValue("true")).isEqualTo(true);
            assertThat(readValue("false")).isEqualTo(false);
            assertThat(read("{\"a\":null}")).containsKey("a");
            assertThat(readValue("null")).isNull();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "True",
                    "TRUE",
                    "tru",
                    "truex",
                    "trux",
                    "nul",
                    "nil",
                    "fals",
                    "falsy",
                    "undefined",
                    "NaN",
                    "Infinity",
                    "-Infinity",
                    "'a'",
                    "a",
                    "",
                    ";",
                    ":"
                })
        void refusesEveryOtherWord(String value) {
            assertRefused("{\"a\":" + value + "}");
            assertRefused("{\"a\":[" + (value.isEmpty() ? "," : value) + "]}");
        }
    }

    @Nested
    class Section4Objects {
        @Test
        void readsNoMembersAndMany() throws MalformedException {
            assertThat(read("{}")).isEmpty();
            assertThat(read("{\"b\":1,\"a\":\"x\",\"\":{\"c\":2}}"))
                    .containsExactly(Map.entry("b", 1L), Map.entry("a", "x"), Map.entry("", Map.of("c", 2L)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{",
                    "{\"a\"",
                    "{\"a\":",
                    "{\"a\":1",
                    "{\"a\":1,",
                    "{\"a\":1]",
                    "{\"a\"}",
                    "{\"a\":}",
                    "{\"a\"1}",
                    "{\"a\":1,}",
                    "{,\"a\":1}",
                    "{,}",
                    "{\"a\":1,,\"b\":2}",
                    "{\"a\"::1}",
                    "{\"a\":1 \"b\":2}",
                    "{\"a\":1;\"b\":2}",
                    "{a:1}",
                    "{1:1}",
                    "{'a':1}",
                    "{null:1}",
                    "{\"a\",1}",
                    "{\"a\":{}"
                })
        void refusesBrokenOnes(String json) {
            assertRefused(json);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"a\":1,\"a\":1}",
                    "{\"a\":null,\"a\":1}",
                    "{\"a\":1,\"b\":2,\"\\u0061\":3}",
                    "{\"x\":{\"a\":1,\"a\":2}}",
                    "{\"x\":[{\"a\":1,\"a\":2}]}"
                })
        void refusesANameThatComesTwiceAtAnyDepthAndInAnySpelling(String json) {
            assertRefused(json);
        }

        @Test
        void takesOneNameInSeveralObjects() throws MalformedException {
            assertThat(read("{\"a\":{\"a\":1},\"b\":{\"a\":2}}"))
                    .isEqualTo(Map.of("a", Map.of("a", 1L), "b", Map.of("a", 2L)));
        }

        @Test
        void givesThemOutUnchangeable() throws MalformedException {
            Map<String, Object> object = read("{\"a\":{},\"b\":[]}");
            assertThat(object).isUnmodifiable();
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> ((Map<?, ?>) object.get("a")).clear());
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> ((List<?>) object.get("b")).add(null));
        }
    }

    @Nested
    class Section5Arrays {
        @Test
        void readsNoItemsAndMany() throws MalformedException {
            assertThat(readValue("[]")).isEqualTo(List.of());
            assertThat(readValue("[1,\"a\",null,true,[],{}]"))
                    .isEqualTo(Arrays.asList(1L, "a", null, true, List.of(), Map.of()));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"[", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1;2]", "[1}", "]", "[1]]"})
        void refusesBrokenOnes(String value) {
            assertRefused("{\"a\":" + value + "}");
        }
    }

    @Nested
    class Section6Numbers {
        @ParameterizedTest
        @ValueSource(
                longs = {0, -1, 1, 9, 10, 1_795_294_105, 1_000_000_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
        void readsWholeNumbersAsLong(long number) throws MalformedException {
            assertThat(readValue(Long.toString(number))).isEqualTo(number);
        }

        @Test
        void readsMinusZeroAsZero() throws MalformedException {
            assertThat(readValue("-0")).isEqualTo(0L);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "9223372036854775808",
                    "-9223372036854775809",
                    "99999999999999999999",
                    "0.5",
                    "-0.5",
                    "10.25",
                    "1.0",
                    "1e0",
                    "1E0",
                    "1e5",
                    "1e+5",
                    "1e-5",
                    "1.5e3",
                    "0e0",
                    "1e308",
                    "-1e-308",
                    "1e0308"
                })
        void readsAnyOtherNumberToTheLastDigit(String number) throws MalformedException {
            assertThat(readValue(number)).isEqualTo(new BigDecimal(number));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "01", "-01", "00", "00.5", "+1", ".5", "-.5", "1.", "1.e5", "-", "--1", "-a", "1e", "1e+", "1e-",
                    "1e+-5", "1e-+5", "1e5.5", "1.5.5", "0x10", "1_000", "1L", "1a", "e5", "1ee5", "1e5e5", "\u0661"
                })
        void refusesEverySpellingThatTheGrammarDoesNotHave(String number) {
            assertRefused("{\"a\":" + number + "}");
        }

        @ParameterizedTest
        @CsvSource({"1e309", "1e3080", "1e-309", "1E+400", "-1e99999999999", "1e4294967297", "0e309"})
        void readsNumbersBeyondExactArithmeticAsFiniteDoubles(String number) throws MalformedException {
            assertThat(readValue(number)).isInstanceOf(Double.class);
            assertThat(((Double) readValue(number)).doubleValue()).isFinite();
        }

        @Test
        void readsMoreThanTwentyDigitsAsTheNearestDouble() throws MalformedException {
            assertThat(readValue("123456789012345678901")).isEqualTo(1.2345678901234568e20);
            assertThat(readValue("-0.123456789012345678901")).isEqualTo(-0.12345678901234568);
        }

        @Test
        void readsAnExponentWithAnyNumberOfLeadingZeros() throws MalformedException {
            assertThat(readValue("1e" + "0".repeat(500) + "2")).isEqualTo(new BigDecimal("1e2"));
        }
    }

    @Nested
    class Section81Encoding {
        @Test
        void refusesEveryEncodingButUtf8() {
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> JsonReader.readObject("{}".getBytes(UTF_16), JsonLimits.CLAIMS));
        }

        @Test
        void refusesAByteOrderMark() {
            assertRefused("\uFEFF{}");
        }
    }
}
