package io.tokenguard.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token is known again by all of its characters, and by nothing else. */
class CacheEntryTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String TOKEN = IntStream.range(0, 200)
            .mapToObj(i -> i == 40 || i == 90 ? "." : String.valueOf(ALPHABET.charAt((i * 37 + i / 64) % 64)))
            .reduce("", String::concat);
    private static final String PREFIX = "Bearer ";

    private final SuffixHasher hashes = new SuffixHasher();
    private final CacheEntry<String> entry = entryOf(PREFIX + TOKEN, PREFIX.length());

    private CacheEntry<String> entryOf(String field, int start) {
        return CacheEntry.of(field, start, 43, hashes, text -> text);
    }

    private boolean isKnown(String prefix, String token) {
        return entry.isOf(prefix + token, prefix.length(), hashes);
    }

    private static String changed(int at, char c) {
        return TOKEN.substring(0, at) + c + TOKEN.substring(at + 1);
    }

    static Stream<Integer> places() {
        return IntStream.range(0, TOKEN.length()).boxed();
    }

    @Test
    void isOfTheTokenThatItWasMadeOf() {
        assertThat(isKnown(PREFIX, TOKEN)).isTrue();
    }

    @Test
    void isOfTheSameTokenBehindAnyOtherText() {
        assertThat(isKnown("bearer ", TOKEN)).isTrue();
        assertThat(isKnown("Bearer    ", TOKEN)).isTrue();
        assertThat(isKnown("DPoP ", TOKEN)).isTrue();
        assertThat(isKnown("", TOKEN)).isTrue();
    }

    /** Whatever the difference to the character that was there: the outcome of a comparison is a difference. */
    @ParameterizedTest
    @MethodSource("places")
    void isOfNoTokenThatDiffersInOneCharacter(int place) {
        for (int c = 0; c < 0x300; c++) {
            if (c != TOKEN.charAt(place)) {
                String other = changed(place, (char) c);
                assertThat(isKnown(PREFIX, other)).as("U+%04X", c).isFalse();
                assertThat(isKnown("", other)).as("U+%04X", c).isFalse();
            }
        }
    }

    /** A byte is the low half of a character. */
    @ParameterizedTest
    @MethodSource("places")
    void isOfNoTokenWithACharacterOfTheSameLowByte(int place) {
        assertThat(isKnown(PREFIX, changed(place, (char) (TOKEN.charAt(place) + 0x100))))
                .isFalse();
        assertThat(isKnown(PREFIX, changed(place, (char) (TOKEN.charAt(place) + 0xff00))))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("places")
    void isOfNoTokenThatIsShorterOrLonger(int place) {
        assertThat(isKnown(PREFIX, TOKEN.substring(0, place) + TOKEN.substring(place + 1)))
                .isFalse();
        assertThat(isKnown(PREFIX, TOKEN.substring(0, place) + "A" + TOKEN.substring(place)))
                .isFalse();
    }

    @Test
    void isNotOfTheTokenTogetherWithTheTextBeforeIt() {
        assertThat(entry.isOf(PREFIX + TOKEN, 0, hashes)).isFalse();
        assertThat(entry.isOf(PREFIX + TOKEN, 1, hashes)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("places")
    void isMadeOfNoTokenThatIsNotAscii(int place) {
        assertThat(entryOf(changed(place, '\u00e9'), 0)).isNull();
        assertThat(entryOf(changed(place, '\u0141'), 0)).isNull();
    }

    /** The engines are used over and over, and by others. */
    @Test
    void hashesTheSameEndToTheSameHashEachTime() {
        SuffixHash first = hashes.hash(TOKEN, 43);
        assertThat(hashes.hash(TOKEN, 43)).isEqualTo(first);
        assertThat(hashes.hash(changed(TOKEN.length() - 1, '~'), 43)).isNotEqualTo(first);
        assertThat(hashes.isHash(first, TOKEN, 43)).isTrue();
    }

    /** The whole text that it was made of begins the field, but the token in it begins later. */
    @Test
    void isOfNoTokenThatBeginsWithinTheTextThatItWasMadeOf() {
        int shown = TOKEN.length() - 43;
        String longer = PREFIX + TOKEN.substring(0, shown) + "x" + TOKEN.substring(shown);
        assertThat(entry.isOf(longer, PREFIX.length() + 1, hashes)).isFalse();
    }

    /** Their difference is as great as that to the mark that ends what is stored. */
    @Test
    void distinguishesTheFirstAndTheLastCharacterOfAscii() {
        CacheEntry<String> last = entryOf(PREFIX + changed(3, '\u007f'), PREFIX.length());
        assertThat(last.isOf(PREFIX + changed(3, '\u007f'), PREFIX.length(), hashes))
                .isTrue();
        assertThat(last.isOf(PREFIX + changed(3, '\0'), PREFIX.length(), hashes))
                .isFalse();
    }

    @Test
    void isMadeOfNoTokenWithTheFirstCharacterBeyondAscii() {
        assertThat(entryOf("\u0080" + "\0".repeat(43), 0)).isNull();
    }

    /** As of an ML-DSA signature, or of an encrypted token. */
    @ParameterizedTest
    @ValueSource(ints = {43, 44, 86, 100, Integer.MAX_VALUE})
    void isOfExactlyItsTokenHoweverMuchIsHidden(int most) {
        int hidden = Math.min(most, TOKEN.length());
        CacheEntry<String> hiding = CacheEntry.of(PREFIX + TOKEN, PREFIX.length(), hidden, hashes, text -> text);
        assertThat(hiding.isOf(PREFIX + TOKEN, PREFIX.length(), hashes)).isTrue();
        assertThat(hiding.isOf(TOKEN, 0, hashes)).isTrue();
        assertThat(hiding.value()).isEqualTo(PREFIX + TOKEN.substring(0, TOKEN.length() - hidden) + '\u00ff');
        for (int i = 0; i < TOKEN.length(); i++) {
            assertThat(hiding.isOf(PREFIX + changed(i, '~'), PREFIX.length(), hashes))
                    .as("character %d", i)
                    .isFalse();
        }
        assertThat(hiding.isOf(PREFIX + "a" + TOKEN, PREFIX.length(), hashes)).isFalse();
        assertThat(hiding.isOf(PREFIX + TOKEN.substring(1), PREFIX.length(), hashes))
                .isFalse();
    }
}
