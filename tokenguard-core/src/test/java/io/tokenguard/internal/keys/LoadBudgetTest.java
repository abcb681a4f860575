package io.tokenguard.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long loads that tokens demand have to wait. */
class LoadBudgetTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final LoadBudget budget = new LoadBudget(4, Duration.ofSeconds(5));

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    private void load(int second, Demand demand) {
        assertThat(budget.takeDemanded(at(second), demand)).isTrue();
        budget.started(at(second));
    }

    @Test
    void aKnownFormGetsALoadInEachCooldownForAsLongAsItIsDemanded() {
        for (int second = 0; second < 120; second += 5) {
            load(second, Demand.OF_KNOWN_FORM);
            assertThat(budget.takeDemanded(at(second + 4), Demand.OF_KNOWN_FORM))
                    .isFalse();
        }
    }

    @Test
    void otherFormsGetHalfOfTheLoadsOfAMinute() {
        load(0, Demand.OF_OTHER_FORM);
        assertThat(budget.waitForDemanded(at(1), Demand.OF_OTHER_FORM)).isEqualTo(Duration.ofSeconds(29));
        load(30, Demand.OF_OTHER_FORM);
        assertThat(budget.waitForDemanded(at(31), Demand.OF_KNOWN_FORM)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void theLastLoadOfAMinuteIsLeftToTheScheduleWhileLoadsFail() {
        load(0, Demand.WHILE_FAILING);
        load(5, Demand.WHILE_FAILING);
        load(10, Demand.WHILE_FAILING);
        assertThat(budget.waitForDemanded(at(15), Demand.WHILE_FAILING)).isEqualTo(Duration.ofSeconds(45));
        assertThat(budget.waitForScheduled(at(15))).isZero();
        budget.started(at(15));
        assertThat(budget.waitForScheduled(at(16))).isEqualTo(Duration.ofSeconds(44));
    }
}
