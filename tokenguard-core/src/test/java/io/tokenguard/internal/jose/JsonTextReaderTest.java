package io.tokenguard.internal.jose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of JSON: RFC 8259 §7 and §8, and RFC 3629 of which they are made. */
class JsonTextReaderTest {
    private static Object read(byte[] text) throws MalformedException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.writeBytes("{\"a\":\"".getBytes(UTF_8));
        json.writeBytes(text);
        json.writeBytes("\",\"b\":1}".getBytes(UTF_8));
        Map<String, Object> object = JsonReader.readObject(json.toByteArray(), JsonLimits.CLAIMS);
        assertThat(object).containsEntry("b", 1L);
        return object.get("a");
    }

    private static Object read(String text) throws MalformedException {
        return read(text.getBytes(UTF_8));
    }

    private static void assertRefused(byte[] text) {
        assertThatExceptionOfType(MalformedException.class)
                .as("%s", HexFormat.of().formatHex(text))
                .isThrownBy(() -> read(text))
                .satisfies(malformed -> {
                    assertThat(malformed.isBeyondLimit()).isFalse();
                    assertThat(malformed.getMessage()).isNotBlank();
                });
    }

    private static void assertRefused(String text) {
        assertRefused(text.getBytes(UTF_8));
    }

    @Nested
    class Rfc8259Section7 {
        @ParameterizedTest
        @ValueSource(strings = {"", "a", "plain text", "\u007F", " ", "'", "/", "{[:,]}"})
        void readsWhatNeedsNoEscapeAsItStands(String text) throws MalformedException {
            assertThat(read(text)).isEqualTo(text);
            assertThat(read("\\n" + text)).isEqualTo("\n" + text);
        }

        @Test
        void readsEveryShortEscape() throws MalformedException {
            assertThat(read("\\\"\\\\\\/\\b\\f\\n\\r\\t")).isEqualTo("\"\\/\b\f\n\r\t");
        }

        @ParameterizedTest
        @CsvSource({"0041,65", "00e9,233", "00E9,233", "20AC,8364", "0000,0", "ffff,65535", "FFFF,65535", "1234,4660"})
        void readsFourHexadecimalDigitsOfEitherCase(String digits, int unit) throws MalformedException {
            assertThat(read("x\\u" + digits + "y")).isEqualTo("x" + (char) unit + "y");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\\a",
                    "\\'",
                    "\\0",
                    "\\x41",
                    "\\N",
                    "\\ ",
                    "\\",
                    "\\u",
                    "\\u004",
                    "\\u00g0",
                    "\\u004G",
                    "\\U0041",
                    "\\u+041",
                    "\\u 041",
                    "\\u00-1",
                    "\\u\u0660041",
                    "\\u{41}"
                })
        void refusesEveryOtherEscape(String text) {
            assertRefused(text);
        }

        @ParameterizedTest
        @ValueSource(ints = {0x00, 0x01, 0x08, 0x09, 0x0A, 0x0D, 0x1B, 0x1F})
        void refusesControlCharactersThatAreNotEscaped(int control) {
            assertRefused("a" + (char) control);
            assertRefused("\\n" + (char) control);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"a", "{\"a\\", "{\"a\\u", "{\"a\\u00", "{\"a\\n", "{\"", "{\"a\u00e9", "{\"a\":\"b"})
        void refusesATextWithoutAnEnd(String json) {
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> JsonReader.readObject(json.getBytes(UTF_8), JsonLimits.CLAIMS));
        }
    }

    @Nested
    class Rfc8259Section82 {
        @Test
        void joinsTheHalvesOfAPair() throws MalformedException {
            assertThat(read("\\uD83D\\uDE00")).isEqualTo("\uD83D\uDE00");
            assertThat(read("x\\ud83d\\ude00\\uD83D\\uDE00y")).isEqualTo("x\uD83D\uDE00\uD83D\uDE00y");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\\uD83D",
                    "\\uD83Dx",
                    "\\uDE00",
                    "x\\uDE00x",
                    "\\uDE00\\uD83D",
                    "\\uD83D\\uD83D\\uDE00",
                    "\\uD83D\\uDE00\\uDE00",
                    "\\uD83D\uD83D\uDE00",
                    "\\uD800",
                    "\\uDBFF",
                    "\\uDC00",
                    "\\uDFFF"
                })
        void refusesHalvesOfPairs(String text) {
            assertRefused(text);
        }

        @Test
        void readsWhatLiesAroundTheHalves() throws MalformedException {
            assertThat(read("\\uD7FF\\uE000")).isEqualTo("\uD7FF\uE000");
        }
    }

    @Nested
    class Rfc3629Section3 {
        @ParameterizedTest
        @CsvSource({
            "7F, 7F",
            "C280, 80",
            "DFBF, 7FF",
            "E0A080, 800",
            "ED9FBF, D7FF",
            "EE8080, E000",
            "EFBFBF, FFFF",
            "F0908080, 10000",
            "F48FBFBF, 10FFFF",
            "F09F9880, 1F600"
        })
        void readsTheFirstAndTheLastOfEveryLength(String bytes, String codePoint) throws MalformedException {
            assertThat(read(HexFormat.of().parseHex(bytes)))
                    .isEqualTo(Character.toString(Integer.parseInt(codePoint, 16)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"C080", "C1BF", "E08080", "E09FBF", "F0808080", "F08FBFBF"})
        void refusesAllButTheShortestForm(String bytes) {
            assertRefused(HexFormat.of().parseHex(bytes));
        }

        @ParameterizedTest
        @ValueSource(strings = {"EDA080", "EDBFBF", "EDA0BDEDB880"})
        void refusesSurrogates(String bytes) {
            assertRefused(HexFormat.of().parseHex(bytes));
        }

        /** Else two readers could see two different texts in them. */
        @ParameterizedTest
        @ValueSource(strings = {"EDA080", "EDAFBF", "EDB080", "EDBFBF"})
        void refusesSurrogatesBesideAnEscapedHalf(String bytes) {
            String half = new String(HexFormat.of().parseHex(bytes), ISO_8859_1);
            assertRefused((half + "\\uDC00").getBytes(ISO_8859_1));
            assertRefused(("\\uD800" + half).getBytes(ISO_8859_1));
        }

        @ParameterizedTest
        @ValueSource(strings = {"F4908080", "F5808080", "F7BFBFBF", "F8908080", "FB908080", "FE908080", "FF908080"})
        void refusesWhatLiesBeyondTheLastCodePoint(String bytes) {
            assertRefused(HexFormat.of().parseHex(bytes));
        }

        @ParameterizedTest
        @ValueSource(strings = {"80", "BF", "BF80", "9F8080"})
        void refusesAContinuationWithoutABeginning(String bytes) {
            assertRefused(HexFormat.of().parseHex(bytes));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"C2", "C241", "E180", "E18041", "E14180", "F18080", "F1808041", "C2C0", "C3C3A9", "E1C080"})
        void refusesABeginningWithoutItsContinuation(String bytes) {
            assertRefused(HexFormat.of().parseHex(bytes));
        }
    }
}
