package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters that one reader drops and another keeps, by the general categories of Unicode. */
class InvisibleCharactersTest {
    private static String text(int codePoint) {
        return Character.toString(codePoint);
    }

    @Test
    void areNotInPlainText() {
        assertThat(InvisibleCharacters.areIn("")).isFalse();
        assertThat(InvisibleCharacters.areIn("/orders/\u00e9t\u00e9/\u4e2d\u6587 ~"))
                .isFalse();
    }

    /** Control characters, separators, a soft hyphen, marks of direction, a byte order mark, tags. */
    @ParameterizedTest
    @ValueSource(
            ints = {0x00, 0x09, 0x1f, 0x7f, 0x80, 0x9f, 0xad, 0x200b, 0x200e, 0x2028, 0x2029, 0x202e, 0xfeff, 0xe0041})
    void areFoundAnywhere(int codePoint) {
        assertThat(InvisibleCharacters.areIn(text(codePoint) + "orders")).isTrue();
        assertThat(InvisibleCharacters.areIn("ord" + text(codePoint) + "ers")).isTrue();
        assertThat(InvisibleCharacters.areIn("\u0928" + text(codePoint))).isTrue();
    }

    /** Signs around Arabic, Syriac and Kaithi numbers. */
    @ParameterizedTest
    @ValueSource(ints = {0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6dd, 0x70f, 0x890, 0x891, 0x8e2, 0x110bd, 0x110cd})
    void areNotFormatCharactersThatAreVisible(int codePoint) {
        assertThat(InvisibleCharacters.areIn("1" + text(codePoint) + "2")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x200c, 0x200d, 0x180e})
    void areJoinersThatJoinNothing(int joiner) {
        assertThat(InvisibleCharacters.areIn(text(joiner))).isTrue();
        assertThat(InvisibleCharacters.areIn("a" + text(joiner) + "b")).isTrue();
        assertThat(InvisibleCharacters.areIn("^" + text(joiner)))
                .as("a symbol of ASCII")
                .isTrue();
        assertThat(InvisibleCharacters.areIn("\u0627" + text(joiner) + text(joiner)))
                .as("a joiner after a joiner")
                .isTrue();
        assertThat(InvisibleCharacters.areIn("\u00e9" + text(joiner)))
                .as("a Latin letter")
                .isTrue();
    }

    /** A letter, a modifier letter, a mark, a mark with a width, an emoji, a modifier symbol at the edge of ASCII. */
    @ParameterizedTest
    @ValueSource(ints = {0x627, 0x640, 0x94d, 0x93e, 0x1f468, 0xa8})
    void areNotJoinersThatSpellingNeeds(int before) {
        for (int joiner : new int[] {0x200c, 0x200d, 0x180e}) {
            assertThat(InvisibleCharacters.areIn(text(before) + text(joiner) + "x"))
                    .isFalse();
        }
    }

    @Test
    void withoutJoinersATextIsWhatAReaderSeesWhoDropsThem() {
        assertThat(InvisibleCharacters.withoutJoiners("\u200cad\u200dm\u180ein\u200c"))
                .isEqualTo("admin");
        assertThat(InvisibleCharacters.withoutJoiners("/admin")).isEqualTo("/admin");
        assertThat(InvisibleCharacters.withoutJoiners("")).isEmpty();
        String around = text(0x200b) + text(0x200e) + text(0x1f468);
        assertThat(InvisibleCharacters.withoutJoiners(around + "\u200d")).isEqualTo(around);
    }

    /** No code point is both dropped as a joiner and found as anything else. */
    @Test
    void onlyThreeCharactersAreJoiners() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(codePoint -> InvisibleCharacters.withoutJoiners(text(codePoint))
                                .isEmpty()))
                .containsExactly(0x180e, 0x200c, 0x200d);
    }
}
