package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** New keys are seen at once, and withdrawn ones bite. */
class KeyRotationTest {
    private static final Duration WITHDRAWAL = Duration.ofSeconds(330);

    private static IncomingRequest longLived(KeyDrill drill) {
        return bearing(drill.issuer.token().expiresIn(Duration.ofHours(20)).sign());
    }

    @Test
    void refusesNobodyWhereARotationIsAnnouncedAhead() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            IncomingRequest old = longLived(drill);
            drill.issuer.publish(KeyDrill.OTHER);
            drill.pass(Duration.ofMinutes(5));
            int fetches = drill.fetches().size();
            drill.issuer.rotateTo(KeyDrill.OTHER);
            assertThat(drill.judge()).isNull();
            assertThat(reasonOf(drill.guard.decide(old))).isNull();
            assertThat(drill.fetches()).hasSize(fetches);
        }
    }

    @Test
    void judgesTheFirstTokenOfANewKeyWithOneFetch() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            drill.issuer.rotateTo(KeyDrill.OTHER);
            assertThat(drill.judge()).isNull();
            assertThat(drill.fetches()).hasSize(2);
        }
    }

    @Test
    void loadsByItselfForATokenOfANewKeyOnceACooldownIsOver() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            assertThat(drill.judgeStranger("stranger")).isEqualTo(RefusalReason.KEY_UNKNOWN);
            drill.issuer.rotateTo(KeyDrill.OTHER);
            assertThat(drill.judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            int fetches = drill.fetches().size();
            drill.pass(Duration.ofSeconds(5));
            assertThat(drill.fetches()).hasSize(fetches + 1);
            assertThat(drill.judge()).isNull();
        }
    }

    @Test
    void saysWhenATokenOfANewKeyCanBeRetried() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            drill.judgeStranger("stranger");
            drill.pass(Duration.ofSeconds(1));
            drill.issuer.rotateTo(KeyDrill.OTHER);
            assertThat(drill.decide()).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                assertThat(refused.challenge().status()).isEqualTo(503);
                assertThat(refused.challenge().headers()).containsEntry("Retry-After", List.of("4"));
            });
        }
    }

    @Test
    void looksAgainForAKeyThatWasUnknownOnceACooldownIsOver() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            assertThat(drill.judgeStranger("other")).isEqualTo(RefusalReason.KEY_UNKNOWN);
            drill.pass(Duration.ofSeconds(211));
            assertThat(drill.judgeStranger("other")).isEqualTo(RefusalReason.KEY_UNKNOWN);
            drill.issuer.rotateTo(KeyDrill.OTHER);
            drill.pass(Duration.ofMillis(4_999));
            assertThat(drill.judge()).isEqualTo(RefusalReason.KEY_UNKNOWN);
            drill.pass(Duration.ofMillis(1));
            assertThat(drill.judge()).isNull();
        }
    }

    @Test
    void takesAWholeNewSetAndRefusesTheOldKeysFromThatMoment() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            IncomingRequest old = longLived(drill);
            drill.issuer.rotateTo(KeyDrill.OTHER);
            drill.issuer.withdraw(KeyDrill.KEY);
            assertThat(reasonOf(drill.guard.decide(old))).isNull();
            assertThat(drill.judge()).isNull();
            assertThat(reasonOf(drill.guard.decide(old))).isEqualTo(RefusalReason.KEY_UNKNOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.999})
    void refusesAWithdrawnKeyWithin330Seconds(double chance) {
        try (KeyDrill drill = KeyDrill.addressed();
                TokenGuard guard = drill.describe(settings -> settings.keysFrom(drill.issuer.jwksUri()))
                        .chance(() -> chance)
                        .build()) {
            IncomingRequest old = longLived(drill);
            assertThat(reasonOf(guard.decide(old))).isNull();
            drill.issuer.rotateTo(KeyDrill.OTHER);
            drill.issuer.withdraw(KeyDrill.KEY);
            drill.timer.advance(WITHDRAWAL, () -> KeyDrill.settle(guard));
            assertThat(reasonOf(guard.decide(old))).isEqualTo(RefusalReason.KEY_UNKNOWN);
        }
    }

    @Test
    void goesOnServingAWithdrawnKeyWhileTheIssuerIsOutOfReachUntilItIsBanned() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            IncomingRequest old = longLived(drill);
            drill.issuer.withdraw(KeyDrill.KEY);
            drill.issuer.goDown();
            drill.pass(Duration.ofHours(3));
            assertThat(reasonOf(drill.guard.decide(old))).isNull();
            drill.guard.banKey(KeyDrill.KEY.kid());
            assertThat(reasonOf(drill.guard.decide(old))).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    @Test
    void bansAKeyAtOnceAndLeavesTheOthers() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            IncomingRequest old = longLived(drill);
            drill.issuer.rotateTo(KeyDrill.OTHER);
            drill.guard.banKey(KeyDrill.KEY.kid());
            assertThat(reasonOf(drill.guard.decide(old))).isEqualTo(RefusalReason.KEY_REFUSED);
            assertThat(drill.judge()).isNull();
            drill.pass(Duration.ofHours(1));
            assertThat(reasonOf(drill.guard.decide(old))).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "max-age=0, 48",
        "max-age=-1, 240",
        "max-age=90, 72",
        "max-age=100, 80",
        "'public, max-age=100, must-revalidate', 80",
        "MAX-AGE=100, 80",
        "no-store, 48",
        "no-cache, 48",
        "max-age=300, 240",
        "max-age=31536000, 240",
        "max-age=99999999999999999999, 240",
        "'max-age=60,max-age=31536000', 48",
        "'max-age=31536000,max-age=60', 48",
        "max-age=, 240",
        "max-age=\"60\", 240"
    })
    void letsTheIssuerShortenTheLifeOfItsKeysToAMinuteAndNeverLengthenIt(String cacheControl, int seconds) {
        try (KeyDrill drill = KeyDrill.addressed()) {
            drill.issuer.jwksCacheControl(cacheControl);
            drill.warm();
            assertThat(Duration.between(
                            drill.clock.instant(), drill.health().nextAttempt().orElseThrow()))
                    .isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void asksOnlyForWhatHasChangedAndKeepsItsKeysWhereNothingHas() {
        try (KeyDrill drill = KeyDrill.addressed()) {
            drill.answer(Fault.body(drill.issuer.jwksJson()));
            drill.issuer
                    .on(TestEndpoint.JWKS)
                    .answer(Fault.status(200).header("ETag", "\"one\"").body(drill.issuer.jwksJson()));
            drill.warm();
            drill.answer(Fault.status(304));
            drill.pass(Duration.ofMinutes(30));
            assertThat(drill.judge()).isNull();
            assertThat(drill.health().lastFailure()).isEmpty();
            assertThat(drill.issuer.recorded(TestEndpoint.JWKS))
                    .last()
                    .satisfies(request ->
                            assertThat(request.header("If-None-Match")).contains("\"one\""));
            drill.heal();
            drill.issuer.rotateTo(KeyDrill.OTHER);
            assertThat(drill.judge()).isNull();
        }
    }

    @Test
    void readsTheAddressOfTheKeysAgainEveryHour() {
        try (KeyDrill drill = KeyDrill.discovering().warm()) {
            assertThat(drill.issuer.requests(TestEndpoint.OIDC_DISCOVERY)).isEqualTo(1);
            drill.pass(Duration.ofMinutes(59));
            assertThat(drill.issuer.requests(TestEndpoint.OIDC_DISCOVERY)).isEqualTo(1);
            drill.pass(Duration.ofMinutes(5));
            assertThat(drill.issuer.requests(TestEndpoint.OIDC_DISCOVERY)).isEqualTo(2);
        }
    }
}
