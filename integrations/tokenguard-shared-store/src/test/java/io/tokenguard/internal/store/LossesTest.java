package io.tokenguard.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of uses that a store may have lost. */
class LossesTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void includeNoProofAtFirst() {
        assertThat(Losses.NONE.mayInclude(Instant.MIN)).isFalse();
    }

    @Test
    void includeProofsFromBeforeTheEpoch() {
        Losses losses = Losses.NONE.begun(NOW);
        assertThat(losses.mayInclude(NOW.minusMillis(1))).isTrue();
        assertThat(losses.mayInclude(NOW)).isFalse();
    }

    @Test
    void keepTheLatestOfEachMoment() {
        Losses losses = Losses.NONE.begun(NOW).lost(NOW.plusSeconds(1));
        assertThat(losses.begun(NOW.minusSeconds(1)).lost(NOW)).isEqualTo(losses);
        assertThat(losses.begun(NOW.plusSeconds(2)).lost(NOW.plusSeconds(3)))
                .isEqualTo(new Losses(NOW.plusSeconds(2), NOW.plusSeconds(3)));
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 3_600, 86_400})
    void endNowIfTheyWereReadFromAClockThatWasAhead(long seconds) {
        Losses ahead = new Losses(NOW.plusSeconds(seconds), NOW.plusSeconds(seconds));
        assertThat(ahead.notAfter(NOW)).isEqualTo(new Losses(NOW, NOW));
    }

    @Test
    void stayIfTheyAreAheadByLessThanFiveSeconds() {
        Losses losses = new Losses(NOW.plusMillis(4_999), NOW.minusSeconds(1));
        assertThat(losses.notAfter(NOW)).isEqualTo(losses);
        assertThat(Losses.isBelievable(NOW.plusMillis(4_999), NOW)).isTrue();
        assertThat(Losses.isBelievable(NOW.plusSeconds(5), NOW)).isFalse();
    }
}
