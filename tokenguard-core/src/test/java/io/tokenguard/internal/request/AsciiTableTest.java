package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AsciiTableTest {
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    @Test
    void holdsLettersAndDigitsAndWhatIsAddedAndNothingElse() {
        boolean[] table = AsciiTable.alphanumericAnd("-_");
        for (char c = 0; c < 0x300; c++) {
            assertThat(AsciiTable.has(table, c)).as("U+%04X", (int) c).isEqualTo((ALPHANUMERIC + "-_").indexOf(c) >= 0);
        }
    }

    @Test
    void holdsNothingBeyondAscii() {
        boolean[] table = AsciiTable.alphanumericAnd("\u007f");
        assertThat(AsciiTable.has(table, '\u007f')).isTrue();
        assertThat(AsciiTable.has(table, '\u0080')).isFalse();
        assertThat(AsciiTable.has(table, '\u0141')).isFalse();
        assertThat(AsciiTable.has(table, '\uffff')).isFalse();
    }
}
