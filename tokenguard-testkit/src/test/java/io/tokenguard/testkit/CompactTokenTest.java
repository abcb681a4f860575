package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactTokenTest {
    private static final CompactToken TOKEN = CompactToken.parse("aGVhZA.Ym9keQ.AP8");

    @Test
    void takesApartAndPutsTogether() {
        assertThat(TOKEN).isEqualTo(new CompactToken("aGVhZA", "Ym9keQ", "AP8"));
        assertThat(TOKEN.compact()).isEqualTo("aGVhZA.Ym9keQ.AP8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b", "a.b.c.d", "...."})
    void takesNothingApartThatHasNotThreeParts(String text) {
        assertThatThrownBy(() -> CompactToken.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a..", ".b.", "..c", "a b.é.=="})
    void takesPartsOfAnyText(String text) {
        assertThat(CompactToken.parse(text).compact()).isEqualTo(text);
    }

    @Test
    void replacesOnePartAtATime() {
        assertThat(TOKEN.withHeader("!").compact()).isEqualTo("!.Ym9keQ.AP8");
        assertThat(TOKEN.withPayload("!").compact()).isEqualTo("aGVhZA.!.AP8");
        assertThat(TOKEN.withSignature("!").compact()).isEqualTo("aGVhZA.Ym9keQ.!");
        assertThat(TOKEN.withSignature(new byte[] {-5, -1}).compact()).isEqualTo("aGVhZA.Ym9keQ.-_8");
    }

    @Test
    void decodesTheSignature() {
        assertThat(TOKEN.signatureBytes()).containsExactly(0x00, 0xff);
    }

    @Test
    void knowsWhatItsSignatureCovers() {
        assertThat(TOKEN.signingInput()).isEqualTo("aGVhZA.Ym9keQ".getBytes(US_ASCII));
    }

    @Test
    void flipsTheBitThatIsNamed() {
        assertThat(TOKEN.flipBit(0).signatureBytes()).containsExactly(0x80, 0xff);
        assertThat(TOKEN.flipBit(7).signatureBytes()).containsExactly(0x01, 0xff);
        assertThat(TOKEN.flipBit(15).signatureBytes()).containsExactly(0x00, 0xfe);
    }

    @Test
    void flipsEachBitIntoAnotherToken() {
        Set<String> seen = new HashSet<>(Set.of(TOKEN.compact()));
        for (int bit = 0; bit < 16; bit++) {
            assertThat(seen.add(TOKEN.flipBit(bit).compact())).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 16})
    void flipsNoBitOutsideTheSignature(int bit) {
        assertThatThrownBy(() -> TOKEN.flipBit(bit)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void decodesNoSignatureThatIsNotBase64url() {
        assertThatThrownBy(TOKEN.withSignature("!")::signatureBytes).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsOnlyLengthsAsText() {
        assertThat(TOKEN).hasToString("CompactToken[6.6.3 characters]");
    }
}
