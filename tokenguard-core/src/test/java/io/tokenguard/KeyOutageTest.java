package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.GuardHealth.KeyState;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.Level;

/** An issuer's outage costs nothing while its keys are known. */
class KeyOutageTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Keys are loaded anew four minutes after a good load: the first failure of an outage is met then. */
    private static final Duration UNTIL_REFRESH = Duration.ofMinutes(4);

    private static long warnings() {
        return RecordedLog.recent().stream()
                .filter(event -> event.level() == Level.WARN && event.text().contains("could not be loaded"))
                .count();
    }

    @ParameterizedTest
    @EnumSource(Outage.class)
    void refusesNoGoodTokenForFourHoursAndAsksTheIssuerAtMostOnceAMinute(Outage outage) {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            Instant loaded = drill.clock.instant();
            outage.begin(drill);
            drill.pass(UNTIL_REFRESH);
            Instant firstFailure = drill.clock.instant();
            drill.pass(MINUTE);
            assertThat(drill.fetchesSince(firstFailure)).isBetween(3, 4);
            while (drill.clock
                    .instant()
                    .isBefore(loaded.plus(Duration.ofHours(4)).minus(MINUTE))) {
                RecordedLog.clear();
                Instant minute = drill.clock.instant();
                drill.pass(MINUTE);
                assertThat(drill.judge()).isNull();
                assertThat(drill.fetchesSince(minute)).isLessThanOrEqualTo(1);
                assertThat(warnings()).isLessThanOrEqualTo(1);
            }
            assertThat(drill.state()).isEqualTo(KeyState.DEGRADED);
            drill.pass(Duration.between(drill.clock.instant(), loaded.plus(Duration.ofHours(4))));
            assertThat(drill.judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            assertThat(drill.state()).isEqualTo(KeyState.UNAVAILABLE);
            assertThat(drill.guard.health().isReady()).isFalse();
            drill.heal();
            drill.pass(MINUTE.plusSeconds(3));
            assertThat(drill.judge()).isNull();
            assertThat(drill.state()).isEqualTo(KeyState.FRESH);
        }
    }

    @ParameterizedTest
    @EnumSource(Outage.class)
    void letsNoRequestWaitWhileKeysAreKnown(Outage outage) {
        try (KeyDrill drill = KeyDrill.addressed().warm();
                RequestThreads requests = new RequestThreads(drill, 8)) {
            outage.begin(drill);
            drill.pass(Duration.ofMinutes(20));
            Awaitility.await().until(requests::hasSeenEnough);
            assertThat(requests.refused()).isZero();
            assertThat(requests.mostWaiting()).isZero();
        }
    }

    @Test
    void theSamplerWouldSeeARequestThatWaits() {
        try (KeyDrill drill = KeyDrill.addressed()) {
            drill.answerWithoutEnd(Fault.hang());
            try (RequestThreads requests = new RequestThreads(drill, 2)) {
                Awaitility.await().until(() -> requests.mostWaiting() == 2);
                assertThat(requests.hasSeenEnough()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Outage.class,
            names = {"HANGING", "DRIPPING"})
    void givesAFetchUpAfterThreeSecondsItsBodyIncluded(Outage outage) {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            outage.begin(drill);
            drill.pass(UNTIL_REFRESH);
            drill.pass(KeyDrill.TIMEOUT.minusMillis(1));
            assertThat(drill.health().isLoading()).isTrue();
            drill.pass(Duration.ofMillis(1));
            assertThat(drill.health().isLoading()).isFalse();
            assertThat(drill.health().lastFailure().orElseThrow()).startsWith("no answer in time");
        }
    }

    @Test
    void countsAFetchThatAPauseOfTheMachineOutlastedAsFailed() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            drill.answerWithoutEnd(Fault.hang());
            drill.pass(UNTIL_REFRESH);
            drill.pass(Duration.ofSeconds(10));
            assertThat(drill.health().lastFailure().orElseThrow()).startsWith("no answer in time");
            assertThat(drill.judge()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"429", "503", "500"})
    void isAsPatientAsTheIssuerAsks(int status) {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            drill.answer(Fault.status(status).header("Retry-After", "300"));
            drill.pass(UNTIL_REFRESH);
            Instant told = drill.clock.instant();
            drill.pass(Duration.ofSeconds(299));
            assertThat(drill.judgeStranger("unknown")).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            assertThat(drill.fetchesSince(told)).isEqualTo(1);
            drill.pass(Duration.ofSeconds(1));
            assertThat(drill.fetchesSince(told)).isEqualTo(2);
            assertThat(drill.judge()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "86400, 600",
        "99999999999999999999, 5",
        "-1, 5",
        "soon, 5",
        "'Tue, 01 Jan 2030 00:06:00 GMT', 120",
        "'Tue, 01 Jan 2030 00:03:00 GMT', 5"
    })
    void isPatientForTenMinutesAtMost(String retryAfter, int seconds) {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            drill.answer(Fault.status(503).header("Retry-After", retryAfter));
            drill.pass(UNTIL_REFRESH);
            Duration wait = Duration.between(
                    drill.clock.instant(), drill.health().nextAttempt().orElseThrow());
            assertThat(wait).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void saysThatASetWasEmpty() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            RecordedLog.clear();
            Outage.EMPTY.begin(drill);
            drill.pass(UNTIL_REFRESH);
            assertThat(drill.health().lastFailure().orElseThrow()).startsWith("EMPTY_KEY_SET");
            assertThat(RecordedLog.recent()).anyMatch(event -> event.text().contains("EMPTY_KEY_SET"));
        }
    }

    @Test
    void asksAFailingIssuerForOneFormOfItsMetadataOnly() {
        try (KeyDrill drill = KeyDrill.discovering().warm()) {
            drill.issuer.on(TestEndpoint.OIDC_DISCOVERY).answer(Fault.status(500));
            drill.answer(Fault.status(500));
            drill.pass(Duration.ofHours(1));
            assertThat(drill.issuer.requests(TestEndpoint.OAUTH_DISCOVERY)).isZero();
            assertThat(drill.judge()).isNull();
        }
    }

    @Test
    void servesThroughTheOutageOfAnIssuerAndItsMetadata() {
        try (KeyDrill drill = KeyDrill.discovering().warm()) {
            drill.issuer.goDown();
            drill.pass(UNTIL_REFRESH);
            Instant firstFailure = drill.clock.instant();
            drill.pass(Duration.ofHours(3));
            assertThat(drill.fetchesSince(firstFailure)).isBetween(170, 185);
            assertThat(drill.judge()).isNull();
            drill.heal();
            drill.pass(MINUTE);
            assertThat(drill.state()).isEqualTo(KeyState.FRESH);
        }
    }

    @Test
    void looksAtTheEndOfAnOutageAgainAfterAPauseInWhichNoTimerRan() {
        try (KeyDrill drill = KeyDrill.addressed(settings -> settings.keyStaleTtl(Duration.ofMinutes(10)))
                .warm()) {
            drill.issuer.goDown();
            drill.clock.advance(Duration.ofMinutes(10));
            assertThat(drill.judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
        }
    }

    @Test
    void startsTheLoadThatAPauseHasSwallowed() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            drill.clock.advance(Duration.ofMinutes(10));
            assertThat(drill.judge()).isNull();
            drill.settle();
            assertThat(drill.issuer.requests(TestEndpoint.JWKS)).isEqualTo(2);
        }
    }

    @Test
    void refusesATokenThatExpiredDuringAPause() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            String token = drill.issuer
                    .token()
                    .expiresAt(drill.clock.instant().plusSeconds(60))
                    .sign();
            assertThat(GuardedIssuer.reasonOf(drill.guard.decide(GuardedIssuer.bearing(token))))
                    .isNull();
            drill.clock.advance(Duration.ofMinutes(10));
            assertThat(GuardedIssuer.reasonOf(drill.guard.decide(GuardedIssuer.bearing(token))))
                    .isEqualTo(RefusalReason.EXPIRED);
        }
    }
}
