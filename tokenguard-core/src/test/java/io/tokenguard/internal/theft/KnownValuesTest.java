package io.tokenguard.internal.theft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a value needs to become known, and to stay so. */
class KnownValuesTest {
    private static final int TODAY = 21_900;

    private final KnownValues values = new KnownValues(1, 3);
    private final long[] places = new long[5];

    private void learn(int hash, int day, boolean isClean, int times) {
        for (int i = 0; i < times; i++) {
            values.learn(places, hash, day, isClean);
        }
    }

    private int credit(int hash, int day) {
        return values.credit(places, hash, day);
    }

    @Test
    void twoDaysWithoutSuspicionMakeAValueKnown() {
        learn(7, TODAY, true, 1);
        learn(7, TODAY + 1, true, 1);
        assertThat(credit(7, TODAY + 1)).isEqualTo(KnownValues.CLEAN);
        assertThat(credit(7, TODAY + 2)).isEqualTo(KnownValues.KNOWN);
    }

    @Test
    void noNumberOfRequestsOfOneDayDoes() {
        learn(7, TODAY, true, 10_000);
        assertThat(credit(7, TODAY)).isZero();
        assertThat(credit(7, TODAY + 1)).isEqualTo(KnownValues.CLEAN);
    }

    @Test
    void suspiciousUseTakesAnEighthOfThatADay() {
        for (int day = TODAY; day < TODAY + 7; day++) {
            learn(7, day, false, 500);
        }
        assertThat(credit(7, TODAY + 7)).isEqualTo(7);
    }

    @Test
    void aSuspiciousRequestSpoilsTheWholeDayOfANewValue() {
        learn(7, TODAY, true, 5);
        learn(7, TODAY, false, 1);
        learn(7, TODAY, true, 5);
        assertThat(credit(7, TODAY + 1)).isEqualTo(KnownValues.SUSPICIOUS);
    }

    @Test
    void aKnownValueStaysKnownUnderSuspicion() {
        values.trust(places, 7, TODAY);
        learn(7, TODAY, false, 100);
        learn(7, TODAY + 1, false, 100);
        assertThat(credit(7, TODAY + 2)).isEqualTo(KnownValues.KNOWN);
    }

    @Test
    void aValueIsForgottenAfterFortyFiveDays() {
        values.trust(places, 7, TODAY);
        assertThat(credit(7, TODAY + 45)).isEqualTo(KnownValues.KNOWN);
        assertThat(credit(7, TODAY + 46)).isZero();
    }

    @Test
    void suspiciousNewValuesReplaceNeitherKnownNorCleanOnes() {
        values.trust(places, 1, TODAY);
        learn(2, TODAY, true, 1);
        for (int stranger = 100; stranger < 1_100; stranger++) {
            learn(stranger, TODAY + 20, false, 1);
        }
        assertThat(credit(1, TODAY + 21)).isEqualTo(KnownValues.KNOWN);
        assertThat(credit(2, TODAY + 21)).isEqualTo(KnownValues.CLEAN);
    }

    @Test
    void aCleanNewValueReplacesAKnownOneThatIsNoLongerUsed() {
        for (int known = 1; known <= 3; known++) {
            values.trust(places, known, TODAY + known);
        }
        learn(9, TODAY + 10, true, 1);
        assertThat(credit(9, TODAY + 11)).isZero();
        learn(9, TODAY + 16, true, 1);
        assertThat(credit(9, TODAY + 17)).isEqualTo(KnownValues.CLEAN);
        assertThat(credit(1, TODAY + 17)).isZero();
    }

    @Test
    void theOtherPlacesOfTheArrayStayAsTheyAre() {
        for (int hash = 1; hash < 100; hash++) {
            learn(hash, TODAY + hash, true, 1);
        }
        assertThat(places[0]).isZero();
        assertThat(places[4]).isZero();
    }
}
