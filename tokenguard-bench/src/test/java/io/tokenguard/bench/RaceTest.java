package io.tokenguard.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RaceTest {
    @Test
    void tellsTheMedianAndWhatHalfOfTheRoundsLieBetween() {
        Race.Result result =
                Race.Result.of(DoubleStream.of(0.9, 0.5, 0.8, 5, 0.7, 0.6, 0.1).toArray());
        assertThat(result.median()).isEqualTo(0.7);
        assertThat(result.lowQuartile()).isEqualTo(0.5);
        assertThat(result.highQuartile()).isEqualTo(0.9);
        assertThat(result).hasToString("0.700 (0.500 to 0.900)");
    }

    @Test
    void endsWhereAContestantFails() {
        Race race = new Race(number -> {}, number -> {
            throw new IllegalStateException("refused");
        });
        assertThatIllegalStateException().isThrownBy(() -> race.run(1)).withMessage("refused");
    }
}
