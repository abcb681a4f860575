package io.tokenguard.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4648, read as RFC 7515 §2 demands. */
class Base64UrlTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static byte[] decode(String text) throws MalformedException {
        return Base64Url.decode(text, 0, text.length());
    }

    private static void assertRefused(String text) {
        assertThatExceptionOfType(MalformedException.class)
                .as("'%s'", text)
                .isThrownBy(() -> decode(text))
                .satisfies(malformed -> assertThat(malformed.isBeyondLimit()).isFalse());
    }

    @Nested
    class Section3 {
        @ParameterizedTest
        @ValueSource(strings = {"Zg==", "Zm8=", "Zm9v====", "Zg=", "=", "====", "Zm9v=AAA"})
        void refusesPadding(String text) {
            assertRefused(text);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Zm9v\n", "Zm 9v", " Zm9v", "Zm9\t", "Z\rm9vYg", "Zm9v.Zm9v"})
        void refusesLineFeedsAndWhateverElseIsNotInTheAlphabet(String text) {
            assertRefused(text);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
        void refusesUnusedBitsInTheLastOfTwoCharacters(int bits) {
            assertRefused("A" + ALPHABET.charAt(16 + bits));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void refusesUnusedBitsInTheLastOfThreeCharacters(int bits) {
            assertRefused("AA" + ALPHABET.charAt(4 + bits));
        }

        @ParameterizedTest
        @ValueSource(strings = {"A", "Zm9vA", "Zm9vZm9vA"})
        void refusesALengthThatNoBytesHave(String text) {
            assertRefused(text);
        }
    }

    @Nested
    class Section5 {
        static IntStream otherCharacters() {
            IntStream near = IntStream.rangeClosed(0, 0x17F).filter(c -> ALPHABET.indexOf(c) < 0);
            return IntStream.concat(near, IntStream.of(0x2028, 0xFF21, 0xD83D, 0xFFFF));
        }

        @Test
        void readsEachCharacterAsItsPlaceInTheAlphabet() throws MalformedException {
            for (int value = 0; value < 64; value++) {
                char c = ALPHABET.charAt(value);
                assertThat(decode("AAA" + c)).containsExactly(0, 0, value);
                assertThat(decode("" + c + "AAA")).containsExactly(value << 2, 0, 0);
            }
        }

        @ParameterizedTest
        @MethodSource("otherCharacters")
        void refusesEveryOtherCharacterInEveryPlace(int c) {
            for (String good : new String[] {"AAAA", "AA", "AAA", "AAAAAA", "AAAAAAA"}) {
                for (int at = 0; at < good.length(); at++) {
                    assertRefused(good.substring(0, at) + (char) c + good.substring(at + 1));
                }
            }
        }
    }

    @Nested
    class Section10 {
        @ParameterizedTest
        @CsvSource({"'',''", "Zg,f", "Zm8,fo", "Zm9v,foo", "Zm9vYg,foob", "Zm9vYmE,fooba", "Zm9vYmFy,foobar"})
        void readsTheTestVectors(String encoded, String text) throws MalformedException {
            assertThat(decode(encoded)).isEqualTo(text.getBytes(US_ASCII));
        }

        @Test
        void readsWhatTheJdkWritesAtEveryLength() throws MalformedException {
            Random random = new Random(4648);
            for (int length = 0; length < 100; length++) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                assertThat(decode(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void readsAPartAndLooksAtNothingAroundIt() throws MalformedException {
        assertThat(Base64Url.decode("!!.Zm9vYg.!!", 3, 9)).isEqualTo("foob".getBytes(US_ASCII));
        assertThat(Base64Url.decode("!!..!!", 3, 3)).isEmpty();
    }

    @Test
    void namesTheRuleThatIsBrokenAndRepeatsNothing() {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> decode("secret!!"))
                .satisfies(malformed -> {
                    assertThat(malformed.getMessage()).isNotBlank().doesNotContain("secret");
                    assertThat(malformed.getStackTrace()).isEmpty();
                });
    }
}
