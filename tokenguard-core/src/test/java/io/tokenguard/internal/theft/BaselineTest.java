package io.tokenguard.internal.theft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is usual for a subject, and what a thief can do about it. */
class BaselineTest {
    private static final long DAY = 86_400;
    private static final long MONDAY_AT_NINE = 1_893_974_400L + 9 * 3_600;
    private static final int REPORT = 50;

    private final Baseline baseline = new Baseline();

    private static Observation owner(long second) {
        return new Observation(1, 2, 3, 11, second);
    }

    private static Observation thief(long second) {
        return new Observation(101, 102, 103, 12, second);
    }

    private void learnDays(int count) {
        for (int day = 0; day < count; day++) {
            for (int i = 0; i < 10; i++) {
                baseline.learn(owner(MONDAY_AT_NINE + day * DAY + i * 60L), true);
            }
        }
    }

    /** As a guard does: a suspicious request is reported, granted, and learned as such. */
    private int use(Observation use) {
        int score = baseline.assess(use).score();
        baseline.learn(use, score < REPORT);
        return score;
    }

    @Test
    void theOwnerIsUsual() {
        learnDays(10);
        assertThat(baseline.assess(owner(MONDAY_AT_NINE + 14 * DAY)).score()).isLessThan(10);
    }

    @Test
    void anotherNetworkProgramAndRouteAtNightAreNot() {
        learnDays(10);
        Surprise surprise = baseline.assess(thief(MONDAY_AT_NINE + 14 * DAY + 12 * 3_600));
        assertThat(surprise.score()).isGreaterThan(60);
        assertThat(surprise.explanation())
                .isEqualTo("first request ever from this network, first request ever by this kind of program,"
                        + " first request ever for this route, an unusual hour");
    }

    @Test
    void aRateFarAboveTheUsualIsNamed() {
        learnDays(10);
        long second = MONDAY_AT_NINE + 14 * DAY;
        for (int i = 0; i < 399; i++) {
            use(owner(second));
        }
        Surprise surprise = baseline.assess(owner(second));
        assertThat(surprise.explanation()).isEqualTo("40 times the usual rate");
        assertThat(surprise.score()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void aNewNetworkIsLessSurprisingForSomebodyWhoOftenHasOne() {
        learnDays(10);
        double stable =
                baseline.assess(thief(MONDAY_AT_NINE + 14 * DAY)).network().bits();
        Baseline roaming = new Baseline();
        for (int day = 0; day < 10; day++) {
            roaming.learn(new Observation(50 + day, 2, 3, 20 + day, MONDAY_AT_NINE + day * DAY), true);
        }
        assertThat(roaming.assess(thief(MONDAY_AT_NINE + 14 * DAY)).network().bits())
                .isLessThan(stable / 2);
    }

    @Test
    void aTokenOfAnotherProgramIsSurprising() {
        learnDays(10);
        long second = MONDAY_AT_NINE + 14 * DAY;
        use(new Observation(1, 2, 3, 77, second));
        Surprise surprise = baseline.assess(new Observation(1, 9, 3, 77, second + 60));
        assertThat(surprise.token().bits()).isGreaterThan(4);
        assertThat(surprise.explanation()).endsWith("the token was used by another program before");
    }

    @Test
    void aTokenThatMovesIsSurprisingInAnUnknownNetworkOnly() {
        learnDays(10);
        long second = MONDAY_AT_NINE + 14 * DAY;
        baseline.trust(new Observation(4, 2, 3, 70, second));
        use(new Observation(1, 2, 3, 77, second));
        assertThat(baseline.assess(new Observation(4, 2, 3, 77, second + 60))
                        .token()
                        .bits())
                .isZero();
        assertThat(baseline.assess(new Observation(5, 2, 3, 77, second + 60)).explanation())
                .isEqualTo("first request ever from this network, the token came from another network before");
    }

    @Test
    void anUnknownAddressIsNeitherNewNorAMove() {
        learnDays(10);
        long second = MONDAY_AT_NINE + 14 * DAY;
        use(new Observation(1, 2, 3, 77, second));
        assertThat(baseline.assess(new Observation(0, 2, 3, 77, second + 60)).score())
                .isLessThan(10);
    }

    @Test
    void aThiefWhoComesAThousandTimesADayIsStillReportedAfterThreeDays() {
        learnDays(20);
        for (int day = 21; day < 24; day++) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(use(thief(MONDAY_AT_NINE + day * DAY + i))).isGreaterThanOrEqualTo(REPORT);
            }
        }
        assertThat(use(thief(MONDAY_AT_NINE + 24 * DAY))).isGreaterThanOrEqualTo(REPORT);
    }

    @Test
    void aThiefWithThousandsOfNetworksMakesTheOwnerNoStranger() {
        learnDays(20);
        long second = MONDAY_AT_NINE + 21 * DAY;
        for (int i = 0; i < 5_000; i++) {
            use(new Observation(1_000 + i, 10_000 + i, 20_000 + i, 30 + i, second));
        }
        assertThat(baseline.assess(owner(second + DAY)).score()).isLessThan(10);
    }

    @Test
    void aThiefsRateDoesNotBecomeTheUsualOne() {
        learnDays(20);
        for (int day = 21; day < 24; day++) {
            for (int i = 0; i < 2_000; i++) {
                use(thief(MONDAY_AT_NINE + day * DAY));
            }
            use(owner(MONDAY_AT_NINE + day * DAY + 8_000));
        }
        for (int i = 0; i < 100; i++) {
            baseline.learn(owner(MONDAY_AT_NINE + 25 * DAY), true);
        }
        assertThat(baseline.assess(owner(MONDAY_AT_NINE + 25 * DAY)).ratio()).isGreaterThan(8);
    }

    @Test
    void cleanBurstsRaiseTheUsualRateByAtMostThreeFifthsADay() {
        learnDays(20);
        for (int i = 0; i < 5_000; i++) {
            baseline.learn(owner(MONDAY_AT_NINE + 20 * DAY), true);
        }
        baseline.learn(owner(MONDAY_AT_NINE + 21 * DAY), true);
        for (int i = 0; i < 159; i++) {
            baseline.learn(owner(MONDAY_AT_NINE + 21 * DAY + 1_200), true);
        }
        assertThat(baseline.assess(owner(MONDAY_AT_NINE + 21 * DAY + 1_200)).ratio())
                .isBetween(9.9, 10.1);
    }

    @Test
    void theClockMayGoBack() {
        learnDays(10);
        use(owner(MONDAY_AT_NINE - 40 * DAY));
        assertThat(baseline.assess(owner(MONDAY_AT_NINE + 10 * DAY)).score()).isLessThan(10);
    }

    @Test
    void onlyAnAuthenticationAfterTheChallengeMakesAPlaceKnown() {
        learnDays(10);
        long second = MONDAY_AT_NINE + 14 * DAY;
        assertThat(baseline.answersChallenge(second)).isFalse();
        baseline.challenge(second);
        assertThat(baseline.answersChallenge(second - 1)).isFalse();
        assertThat(baseline.answersChallenge(second)).isTrue();
        assertThat(baseline.answersChallenge(second)).isFalse();
    }

    @Test
    void oneSignAnHourIsDueAndAnotherIfItIsMuchWorse() {
        Observation use = owner(MONDAY_AT_NINE);
        assertThat(baseline.isSignalDue(use, 50, 20)).isTrue();
        assertThat(baseline.isSignalDue(use, 69, 20)).isFalse();
        assertThat(baseline.isSignalDue(use, 70, 20)).isTrue();
        assertThat(baseline.isSignalDue(owner(MONDAY_AT_NINE + 3_600), 50, 20)).isTrue();
    }
}
