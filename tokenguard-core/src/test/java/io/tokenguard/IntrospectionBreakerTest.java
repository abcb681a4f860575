package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardHealth.IntrospectionHealth;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.logging.RecordedLog;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stops calls to the introspection endpoint, what does not, and which tokens go on meanwhile. */
class IntrospectionBreakerTest {
    private static final RefusalReason UNAVAILABLE = RefusalReason.INTROSPECTION_UNAVAILABLE;

    private GatedEndpoint endpoint = GatedEndpoint.usual();

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private void withGrace(Duration grace) {
        endpoint.close();
        endpoint = new GatedEndpoint(settings -> settings.outageGrace(grace));
    }

    private IntrospectionHealth health() {
        return endpoint.guard.health().introspection().get(0);
    }

    /** Five different tokens make the server fail. */
    private void open() {
        endpoint.answer("bad", 500, "");
        for (int i = 0; i < 5; i++) {
            assertThat(endpoint.judge("bad-" + i)).isEqualTo(UNAVAILABLE);
        }
        assertThat(health().isServing()).isFalse();
    }

    private static String withGroups(int count) {
        String groups =
                IntStream.range(0, count).mapToObj(i -> "\"g" + i + "\"").collect(Collectors.joining(","));
        return GatedEndpoint.ACTIVE.replace("{", "{\"groups\":[" + groups + "],");
    }

    static Stream<Arguments> aboutOneToken() {
        return Stream.of(
                Arguments.of(400, "", RefusalReason.TOKEN_INACTIVE),
                Arguments.of(400, "{\"error\":\"invalid_request\"}", RefusalReason.TOKEN_INACTIVE),
                Arguments.of(413, "", RefusalReason.TOKEN_INACTIVE),
                Arguments.of(414, "", RefusalReason.TOKEN_INACTIVE),
                Arguments.of(200, withGroups(1_025), RefusalReason.ANSWER_TOO_LARGE),
                Arguments.of(200, "{\"a\":" + "[".repeat(20) + "]".repeat(20) + "}", RefusalReason.ANSWER_TOO_LARGE),
                Arguments.of(200, "{\"a\":\"" + "x".repeat(70_000) + "\"}", UNAVAILABLE));
    }

    @ParameterizedTest
    @MethodSource("aboutOneToken")
    void anAnswerAboutOneTokenRefusesItAloneForTenSeconds(int status, String body, RefusalReason reason) {
        endpoint.answer("odd", status, body);
        for (int i = 0; i < 25; i++) {
            assertThat(endpoint.judge("odd-" + i)).isEqualTo(reason);
        }
        assertThat(health().isServing()).isTrue();
        assertThat(endpoint.judge("good")).isNull();
        endpoint.heal();
        int calls = endpoint.calls();
        endpoint.advance(Duration.ofMillis(9_999));
        assertThat(endpoint.judge("odd-1")).isEqualTo(reason);
        assertThat(endpoint.calls()).isEqualTo(calls);
        endpoint.advance(Duration.ofMillis(1));
        assertThat(endpoint.judge("odd-1")).isNull();
    }

    @Test
    void anAnswerWithThousandAndTwentyFourGroupsIsRead() {
        endpoint.answer("member", 200, withGroups(1_024));
        assertThat(endpoint.judge("member-1")).isNull();
    }

    static Stream<Arguments> aboutThisApi() {
        return Stream.of(
                Arguments.of(401, "", "rejects the credentials of this API"),
                Arguments.of(403, "", "rejects the credentials of this API"),
                Arguments.of(400, "{\"error\":\"invalid_client\"}", "rejects the credentials of this API"),
                Arguments.of(400, "{\"error\":\"unauthorized_client\"}", "rejects the credentials of this API"),
                Arguments.of(429, "", "limits the calls of this API"));
    }

    @ParameterizedTest
    @MethodSource("aboutThisApi")
    void anAnswerAboutThisApiIs503WithAnAlarmAndNeverInvalidToken(int status, String body, String alarm) {
        RecordedLog.clear();
        endpoint.answer("any", status, body);
        Decision.Refused refused = (Decision.Refused) endpoint.decide("any-1");
        assertThat(refused.challenge().status()).isEqualTo(503);
        assertThat(refused.challenge().headers()).doesNotContainKey("WWW-Authenticate");
        assertThat(RecordedLog.recent())
                .anySatisfy(event -> assertThat(event.text()).contains(alarm));
        assertThat(endpoint.guard.health().isReady()).isFalse();
        endpoint.heal();
        endpoint.advance(Duration.ofSeconds(1));
        assertThat(endpoint.judge("any-1")).as("nothing is cached").isNull();
        assertThat(endpoint.guard.health().isReady()).isTrue();
    }

    @Test
    void oneTokenThatMakesTheServerFailStopsNoCalls() {
        endpoint.answer("bad", 500, "");
        for (int i = 0; i < 100; i++) {
            assertThat(endpoint.judge("bad-1")).isEqualTo(UNAVAILABLE);
        }
        assertThat(endpoint.calls()).isEqualTo(100);
        assertThat(endpoint.judge("good")).isNull();
    }

    @Test
    void failuresWithSuccessesInBetweenStopNoCalls() {
        endpoint.answer("bad", 500, "");
        for (int i = 0; i < 40; i++) {
            assertThat(endpoint.judge("bad-" + i)).isEqualTo(UNAVAILABLE);
            if (i % 4 == 3) {
                assertThat(endpoint.judge("good-" + i)).isNull();
            }
        }
        assertThat(health().isServing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-3600, 0, 3600})
    void oneProbeASecondIsMadeWhileTheServerFailsThoughTheClockJumps(int jump) {
        open();
        endpoint.clock.advance(Duration.ofSeconds(jump));
        int calls = endpoint.calls();
        for (int second = 0; second < 25; second++) {
            endpoint.advanceWithoutClock(Duration.ofSeconds(1));
            for (int i = 0; i < 20; i++) {
                assertThat(endpoint.judge("bad-" + second + "-" + i)).isEqualTo(UNAVAILABLE);
            }
        }
        assertThat(endpoint.calls() - calls).isEqualTo(25);
        endpoint.advanceWithoutClock(Duration.ofSeconds(1));
        assertThat(endpoint.judge("good")).isNull();
        assertThat(health().isServing()).isTrue();
        assertThat(endpoint.judge("good-2")).isNull();
    }

    @Test
    void aStrangerThatUsesUpTheProbesDoesNotKeepCallsStoppedForTokensThatWereActive() {
        assertThat(endpoint.judge("user")).isNull();
        endpoint.advance(Duration.ofSeconds(15));
        open();
        endpoint.advance(Duration.ofSeconds(1));
        assertThat(endpoint.judge("bad-x")).isEqualTo(UNAVAILABLE);
        assertThat(endpoint.judge("user")).isNull();
        assertThat(health().isServing()).isTrue();
    }

    @Test
    void saysInRetryAfterWhenTheNextProbeIsDue() {
        open();
        Decision.Refused refused = (Decision.Refused) endpoint.decide("other");
        assertThat(refused.challenge().headers()).containsEntry("Retry-After", List.of("1"));
    }

    @Test
    void cachedTokensGoOnForTheCacheTimeAndThenGet503() {
        assertThat(endpoint.judge("user")).isNull();
        endpoint.answer("user", 500, "");
        open();
        endpoint.advance(Duration.ofMillis(14_999));
        assertThat(endpoint.judge("user")).isNull();
        endpoint.advance(Duration.ofMillis(1));
        assertThat(endpoint.judge("user")).isEqualTo(UNAVAILABLE);
    }

    @Test
    void tokensThatWereActiveGoOnForTheGraceAndOthersDoNot() {
        withGrace(Duration.ofSeconds(45));
        assertThat(endpoint.judge("user")).isNull();
        endpoint.answer("user", 500, "");
        open();
        endpoint.advance(Duration.ofMillis(59_999));
        assertThat(endpoint.judge("user")).isNull();
        assertThat(endpoint.judge("bad-new")).isEqualTo(UNAVAILABLE);
        endpoint.advance(Duration.ofMillis(1));
        assertThat(endpoint.judge("user")).isEqualTo(UNAVAILABLE);
    }

    @Test
    void theGraceIsOverWithTheFirstAnswerThatTheTokenIsNotActive() {
        withGrace(Duration.ofSeconds(45));
        assertThat(endpoint.judge("user")).isNull();
        endpoint.answer("user", 200, "{\"active\":false}");
        endpoint.advance(Duration.ofSeconds(15));
        assertThat(endpoint.judge("user")).isEqualTo(RefusalReason.TOKEN_INACTIVE);
        endpoint.answer("user", 500, "");
        open();
        endpoint.advance(Duration.ofSeconds(11));
        assertThat(endpoint.judge("user")).isEqualTo(UNAVAILABLE);
    }
}
