package io.tokenguard.bench.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenMintTest {
    @TempDir
    Path folder;

    @AfterEach
    void forgetFolder() {
        System.clearProperty(TokenStock.FOLDER);
    }

    @ParameterizedTest
    @CsvSource({"RS256, 1000", "PS256, 1000", "ES256, 742", "EDDSA, 742"})
    void mintsTokensOfTheLengthThatIsToldOf(SigningAlgorithm algorithm, int length) {
        assertThat(TokenMint.of(algorithm).token(0).length()).isCloseTo(length, within(6));
    }

    @Test
    void mintsNoTwoTokensThatAreTheSame() {
        assertThat(new HashSet<>(TokenMint.of(SigningAlgorithm.EDDSA).tokens(500)))
                .hasSize(500);
    }

    @Test
    void leavesTokensForTheNextProcess() throws IOException {
        System.setProperty(TokenStock.FOLDER, folder.toString());
        TokenStock first = TokenStock.of(SigningAlgorithm.EDDSA, 10_000);
        TokenStock second = TokenStock.of(SigningAlgorithm.EDDSA, 10_000);
        assertThat(second.tokens()).isEqualTo(first.tokens());
        assertThat(second.mint().trust().publicKey())
                .isEqualTo(first.mint().trust().publicKey());
    }

    @Test
    void drawsTheFirstOfManyAboutTwiceAsOftenAsTheSecond() {
        TurnOrder order = TurnOrder.zipf(1_000);
        int[] counts = new int[1_000];
        IntStream.range(0, 1 << 20).forEach(turn -> counts[order.of(turn)]++);
        assertThat((double) counts[0] / counts[1]).isCloseTo(2, within(0.1));
        assertThat((double) counts[0] / counts[9]).isCloseTo(10, within(0.5));
    }
}
