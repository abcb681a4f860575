package io.tokenguard.internal.theft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A subject's memory belongs to it. */
class BaselineTableTest {
    private static final int TODAY = 21_900;
    private static final BaselineLimits LIMITS = new BaselineLimits(2, 50, 100);

    private final BaselineTable table = new BaselineTable();

    private Baseline settle(String issuer, long subject) {
        for (int day = 0; day < 4; day++) {
            table.of(issuer, subject, LIMITS, TODAY + day)
                    .learn(new Observation(1, 2, 3, 4, (TODAY + day) * 86_400L), true);
        }
        return table.of(issuer, subject, LIMITS, TODAY + 4);
    }

    @Test
    void newSubjectsOfTheSameIssuerDoNotEvictASettledOne() {
        Baseline known = settle("a", 1);
        for (long stranger = 1_000; stranger < 20_000; stranger++) {
            table.of("a", stranger, LIMITS, TODAY + 4);
        }
        assertThat(table.find("a", 1)).isSameAs(known);
        assertThat(table.size()).isLessThanOrEqualTo(100);
    }

    @Test
    void neitherDoMoreSettledOnesThanThereArePlaces() {
        Baseline known = settle("a", 1);
        for (long subject = 2; subject < 500; subject++) {
            settle("a", subject);
        }
        assertThat(table.find("a", 1)).isSameAs(known);
        assertThat(table.size()).isLessThanOrEqualTo(100);
    }

    @Test
    void anotherIssuersSubjectsTakeNoPlace() {
        table.of("a", 1, LIMITS, TODAY);
        for (long stranger = 0; stranger < 20_000; stranger++) {
            table.of("b", stranger, LIMITS, TODAY);
        }
        assertThat(table.find("a", 1)).isNotNull();
        assertThat(table.find("b", 1)).isNotSameAs(table.find("a", 1));
    }

    @Test
    void subjectsThatHaveBeenIdleForTwoMonthsMakePlace() {
        for (long subject = 1; subject < 500; subject++) {
            settle("a", subject);
        }
        Baseline late = table.of("a", 1_000, LIMITS, TODAY + 100);
        for (int day = 100; day < 104; day++) {
            late.learn(new Observation(1, 2, 3, 4, (TODAY + day) * 86_400L), true);
        }
        table.of("a", 1_000, LIMITS, TODAY + 104);
        for (long stranger = 2_000; stranger < 20_000; stranger++) {
            table.of("a", stranger, LIMITS, TODAY + 104);
        }
        assertThat(table.find("a", 1_000)).isSameAs(late);
    }

    @Test
    void aLookUpMakesNoEntry() {
        assertThat(table.find("a", 1)).isNull();
        assertThat(table.size()).isZero();
    }
}
