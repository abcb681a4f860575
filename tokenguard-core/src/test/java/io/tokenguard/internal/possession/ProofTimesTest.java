package io.tokenguard.internal.possession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusedException.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9449 §4.3 step 11, §11.1. */
class ProofTimesTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration GREATEST_AGE = Duration.ofSeconds(60);
    private static final Duration SKEW = Duration.ofSeconds(5);

    private static boolean areGood(ProofTimes times) {
        return times.areGood(NOW, GREATEST_AGE, SKEW);
    }

    private static Optional<Instant> in(long seconds) {
        return Optional.of(NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"-61, false", "-60, true", "0, true", "5, true", "6, false"})
    void aProofIsGoodFromTheSkewBeforeItsTimeToItsGreatestAge(long madeIn, boolean isGood) {
        assertThat(areGood(new ProofTimes(NOW.plusSeconds(madeIn), Optional.empty(), Optional.empty())))
                .isEqualTo(isGood);
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, false", "1, true"})
    void aProofEndsAtItsEnd(long endsIn, boolean isGood) {
        assertThat(areGood(new ProofTimes(NOW, in(endsIn), Optional.empty()))).isEqualTo(isGood);
    }

    @ParameterizedTest
    @CsvSource({"5, true", "6, false"})
    void aProofMayBeginWithinTheSkew(long beginsIn, boolean isGood) {
        assertThat(areGood(new ProofTimes(NOW, Optional.empty(), in(beginsIn)))).isEqualTo(isGood);
    }

    @Test
    void theExplanationHasAllTimesThatTheProofStates() {
        Finding all = new ProofTimes(NOW, in(10), in(-10)).explain(NOW, GREATEST_AGE, SKEW);
        assertThat(all.found())
                .isEqualTo("iat 2030-01-01T00:00:00Z, nbf 2029-12-31T23:59:50Z, exp 2030-01-01T00:00:10Z");
        assertThat(all.expected()).isEqualTo("iat from 2029-12-31T23:59:00Z to 2030-01-01T00:00:05Z, and not over");
    }

    @Test
    void theExplanationLeavesOutWhatTheProofDoesNotState() {
        Finding one = new ProofTimes(NOW, Optional.empty(), Optional.empty()).explain(NOW, GREATEST_AGE, SKEW);
        assertThat(one.found()).isEqualTo("iat 2030-01-01T00:00:00Z");
    }
}
