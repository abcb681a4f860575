package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.Level;

/** Strangers cannot cause fetches, and cannot use up what others need. Without {@link Thoroughness}, fewer of them come. */
class KeyFloodTest {
    private static final int TOKENS_A_SECOND = Thoroughness.rounds(2_000);
    private static final int SECONDS = 60;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private int strangers;

    /** A token that names a key of its own; nothing of it but the names is ever looked at. */
    private IncomingRequest stranger(String template) {
        String header = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"stranger-" + strangers++ + "\"}";
        String encoded = BASE64.encodeToString(header.getBytes(StandardCharsets.UTF_8));
        return bearing(encoded + template.substring(template.indexOf('.')));
    }

    /** A minute of strangers; what they were told. */
    private Set<RefusalReason> flood(KeyDrill drill) {
        String template = drill.issuer.token().expiresIn(Duration.ofHours(1)).sign();
        Set<RefusalReason> reasons = EnumSet.noneOf(RefusalReason.class);
        for (int second = 0; second < SECONDS; second++) {
            for (int i = 0; i < TOKENS_A_SECOND; i++) {
                reasons.add(reasonOf(drill.guard.decide(stranger(template))));
            }
            RecordedLog.clear();
            drill.pass(Duration.ofSeconds(1));
            assertThat(drill.judge()).isNull();
        }
        return reasons;
    }

    /** The first load is the guard's own; that at the end of the minute belongs to the next one. */
    @Test
    void fetchesTwiceInAMinuteAtMostForUnknownKeys() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            Instant start = drill.clock.instant();
            assertThat(flood(drill))
                    .containsExactlyInAnyOrder(RefusalReason.KEY_UNKNOWN, RefusalReason.KEYS_UNAVAILABLE);
            assertThat(drill.fetchesSince(start)).isEqualTo(1 + 2 + 1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Outage.class,
            names = {"REFUSED", "HANGING", "INTERNAL_ERROR", "EMPTY"})
    void fetchesFourTimesInAMinuteAtMostWhileTheIssuerFailsToo(Outage outage) {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            outage.begin(drill);
            drill.pass(Duration.ofMinutes(4).plus(KeyDrill.TIMEOUT));
            Instant start = drill.clock.instant();
            flood(drill);
            assertThat(drill.fetchesSince(start)).isLessThanOrEqualTo(4);
            Instant later = drill.clock.instant();
            assertThat(flood(drill))
                    .containsExactlyInAnyOrder(RefusalReason.KEY_UNKNOWN, RefusalReason.KEYS_UNAVAILABLE);
            assertThat(drill.fetchesSince(later)).isLessThanOrEqualTo(4);
            drill.heal();
            drill.pass(Duration.ofMinutes(1));
            assertThat(drill.health().lastFailure()).isEmpty();
        }
    }

    @Test
    void keepsOneLoadOfAMinuteForTheScheduledRefresh() {
        try (KeyDrill drill = KeyDrill.addressed(
                        settings -> settings.keyMaxLoadsPerMinute(2).unknownKeyCooldown(Duration.ofSeconds(5)))
                .warm()) {
            drill.pass(Duration.ofSeconds(200));
            Instant start = drill.clock.instant();
            for (int i = 0; i < 4; i++) {
                drill.judgeStranger("stranger-" + i);
                drill.pass(Duration.ofSeconds(9));
            }
            assertThat(drill.fetchesSince(start)).isEqualTo(1);
            assertThat(drill.health().loadsLeft()).isEqualTo(1);
        }
    }

    @Test
    void fetchesNothingForBadSignatures() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            String token = drill.issuer.token().sign();
            for (int i = 0; i < 2_000; i++) {
                byte[] forged = new byte[64];
                forged[31] = (byte) (1 + i % 100);
                forged[63] = (byte) (1 + i / 100);
                String signature = BASE64.encodeToString(forged);
                assertThat(reasonOf(drill.guard.decide(
                                bearing(token.substring(0, token.lastIndexOf('.') + 1) + signature))))
                        .isEqualTo(RefusalReason.SIGNATURE_INVALID);
            }
            RecordedLog.clear();
            assertThat(drill.fetches()).hasSize(1);
        }
    }

    @Test
    void sendsNoHerdWhenTheTimeOfItsKeysIsOver() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            drill.answerWithoutEnd(Fault.hang());
            drill.clock.advance(Duration.ofMinutes(5));
            try (RequestThreads herd = new RequestThreads(drill, 1_000)) {
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(herd::hasAllJudged);
                assertThat(drill.fetches()).hasSize(2);
                assertThat(herd.refused()).isZero();
                assertThat(herd.mostWaiting()).isZero();
            }
        }
    }

    @Test
    void asksAServerOfUnknownKeysOnceForAllWhoNameTheSameOne() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            for (int i = 0; i < 100; i++) {
                assertThat(drill.judgeStranger("same")).isEqualTo(RefusalReason.KEY_UNKNOWN);
            }
            assertThat(drill.fetches()).hasSize(2);
        }
    }

    @Test
    void warnsOnceInAMinute() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            RecordedLog.clear();
            drill.answer(Fault.status(500));
            drill.pass(Duration.ofMinutes(4).plusSeconds(59));
            assertThat(RecordedLog.recent())
                    .filteredOn(event -> event.level() == Level.WARN)
                    .hasSize(1);
        }
    }
}
