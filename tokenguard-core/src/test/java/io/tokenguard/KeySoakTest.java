package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Five hours in which something breaks every five minutes; one hour without {@link Thoroughness}. */
class KeySoakTest {
    private static final int FAULTS = Thoroughness.rounds(60);
    private static final Duration STEP = Duration.ofSeconds(15);
    private static final Duration BETWEEN_FAULTS = Duration.ofMinutes(5);
    private static final Duration HEALING = Duration.ofMinutes(2);
    /** A withdrawn key is gone by then, where nothing is broken: the last back-off, and a load. */
    private static final Duration SETTLING = Duration.ofSeconds(70);

    private static final TestKey FORGERS = TestKey.generate(TestAlgorithm.ES256);

    private final List<TestKey> keys = new ArrayList<>(List.of(
            TestKey.generate(TestAlgorithm.ES256, "soak-0"),
            TestKey.generate(TestAlgorithm.ES256, "soak-1"),
            TestKey.generate(TestAlgorithm.ES256, "soak-2")));
    private final List<Outage> outages = List.of(Outage.values());
    private final Random chance = new Random(20_300_101);
    private final List<String> wrong = new ArrayList<>();

    @Test
    void givesNoWrongVerdictWithAFaultEveryFiveMinutes() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            for (int fault = 0; fault < FAULTS; fault++) {
                Outage outage = outages.get(chance.nextInt(outages.size()));
                outage.begin(drill);
                passJudging(drill, BETWEEN_FAULTS.minus(HEALING), outage);
                drill.heal();
                passJudging(drill, SETTLING, outage);
                rotate(drill, fault);
                passJudging(drill, HEALING.minus(SETTLING), outage);
            }
            assertThat(wrong).isEmpty();
            int minutes = (int) BETWEEN_FAULTS.multipliedBy(FAULTS).toMinutes();
            assertThat(drill.fetches()).hasSizeLessThanOrEqualTo(4 * minutes);
        }
    }

    private void passJudging(KeyDrill drill, Duration duration, Outage outage) {
        Instant end = drill.clock.instant().plus(duration);
        while (drill.clock.instant().isBefore(end)) {
            drill.pass(STEP);
            Instant minute = drill.clock.instant().minus(Duration.ofMinutes(1));
            expect(drill.fetchesSince(minute.plusMillis(1)) <= 4, "too many fetches", drill, outage);
            expect(drill.judge() == null, "good token", drill, outage);
            expect(isRefused(drill, forged(drill)), "forged token", drill, outage);
            expect(
                    isRefused(
                            drill,
                            drill.issuer
                                    .token()
                                    .expiresAt(end.minus(Duration.ofHours(1)))
                                    .sign()),
                    "expired token",
                    drill,
                    outage);
            RecordedLog.clear();
        }
    }

    private static String forged(KeyDrill drill) {
        TestKey current = drill.issuer.currentKey();
        return drill.issuer.token().key(FORGERS.withKid(current.kid())).sign();
    }

    private static boolean isRefused(KeyDrill drill, String token) {
        return reasonOf(drill.guard.decide(bearing(token))) != null;
    }

    /** A new key at once, and the old one withdrawn with its first token. */
    private void rotate(KeyDrill drill, int round) {
        TestKey former = drill.issuer.currentKey();
        drill.issuer.rotateTo(keys.get(round % keys.size()));
        drill.issuer.withdraw(former);
        expect(drill.judge() == null, "first token of a new key", drill, Outage.REFUSED);
        RefusalReason reason = reasonOf(
                drill.guard.decide(bearing(drill.issuer.token().key(former).sign())));
        expect(reason == RefusalReason.KEY_UNKNOWN, "token of a withdrawn key", drill, Outage.REFUSED);
    }

    private void expect(boolean isRight, String what, KeyDrill drill, Outage outage) {
        if (!isRight) {
            wrong.add(what + " at " + drill.clock.instant() + " after " + outage);
        }
    }
}
