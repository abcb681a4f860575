package io.tokenguard.internal.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.GuardHealth.IntrospectionHealth;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.keys.FetchException;
import io.tokenguard.internal.telemetry.GuardCounters;
import io.tokenguard.internal.token.VerifiedClaims;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One issuer's answers: how long they are used, and what a call without an answer means. */
class IntrospectorTest {
    private static final String ACTIVE = "{\"active\":true,\"sub\":\"alice\"}";
    private static final String INACTIVE = "{\"active\":false}";
    private static final Duration TTL = Duration.ofSeconds(15);
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final CallLimits LIMITS = new CallLimits(8, 8, Duration.ofSeconds(10), TTL, GRACE);

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final AnsweringServer server = new AnsweringServer(clock);
    private final GuardCounters counters = new GuardCounters();
    private RefusedException invalid;
    private final Introspector introspector = new Introspector(
            new byte[32],
            new IntrospectionCall(
                    server.fetcher(false),
                    new IntrospectionCall.Terms(
                            "the issuer", this::read, this::validate, LIMITS, counters.calls("the issuer")),
                    clock,
                    () -> TimeUnit.MILLISECONDS.toNanos(clock.millis())),
            LIMITS);

    IntrospectorTest() throws IOException {}

    private AnswerReader.Answer read(byte[] body) throws RefusedException, FetchException {
        if (invalid != null) {
            throw invalid;
        }
        return AnswerReader.unsigned().read(body);
    }

    private AccessToken validate(VerifiedClaims claims, Instant unstatedEnd) throws RefusedException {
        if (claims.members().get("sub") instanceof String subject) {
            return AccessToken.builder("the issuer")
                    .subject(subject)
                    .expiresAt(unstatedEnd)
                    .build();
        }
        throw new RefusedException(RefusalReason.CLAIM_MISSING, "sub");
    }

    @BeforeEach
    void answerActive() {
        answer(ACTIVE);
    }

    @AfterEach
    void stop() {
        server.close();
        RecordedLog.clear();
    }

    private void answer(String body) {
        server.with(200, "application/json", body);
    }

    private void fail(int status) {
        server.with(status, "application/json", "");
    }

    private RefusalReason ask(String token) {
        RefusedException refused = refusal(token);
        return refused == null ? null : refused.reason();
    }

    private RefusedException refusal(String token) {
        return catchThrowableOfType(RefusedException.class, () -> introspector.introspect(token, false, false));
    }

    private IntrospectionHealth health() {
        return introspector.health();
    }

    private List<String> warnings() {
        return RecordedLog.recent().stream().map(RecordedLog.Event::text).toList();
    }

    @Test
    void anActiveAnswerIsUsedForItsTime() throws RefusedException {
        AccessToken token = introspector.introspect("a", false, false);
        assertThat(token.subject()).contains("alice");
        assertThat(token.expiresAt())
                .isEqualTo(clock.instant().plus(TTL).plus(GRACE).plusSeconds(1));
        clock.advance(TTL.minusMillis(1));
        assertThat(ask("a")).isNull();
        assertThat(server.calls()).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(ask("a")).isNull();
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void aRequestMayNeedAnAnswerOfItsOwn() throws RefusedException {
        assertThat(ask("a")).isNull();
        assertThat(introspector.introspect("a", true, false).subject()).contains("alice");
        assertThat(server.calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {INACTIVE, "{}", "{\"active\":\"true\"}", "{\"active\":1}", "{\"active\":null}"})
    void onlyTrueIsActive(String body) {
        answer(body);
        assertThat(ask("a")).isEqualTo(RefusalReason.TOKEN_INACTIVE);
    }

    @Test
    void aRefusalIsUsedForTenSeconds() {
        answer(INACTIVE);
        assertThat(refusal("a").finding().found()).isEqualTo("active is not true");
        answer(ACTIVE);
        clock.advance(Duration.ofSeconds(10).minusMillis(1));
        assertThat(ask("a")).isEqualTo(RefusalReason.TOKEN_INACTIVE);
        clock.advance(Duration.ofMillis(1));
        assertThat(ask("a")).isNull();
        answer("{}");
        assertThat(refusal("b").finding().found()).isEqualTo("no active");
    }

    @Test
    void anAnswerThatIsNotAcceptableRefusesItsToken() {
        answer("{\"active\":true}");
        assertThat(ask("a")).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(ask("a")).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(server.calls()).isEqualTo(1);
        assertThat(health().lastFailure()).isEmpty();
    }

    @Test
    void anOlderAnswerIsUsedThroughAnOutageForItsGrace() throws RefusedException {
        assertThat(ask("a")).isNull();
        fail(503);
        clock.advance(TTL.plus(GRACE).minusMillis(1));
        assertThat(ask("a")).isNull();
        assertThat(catchThrowableOfType(RefusedException.class, () -> introspector.introspect("a", true, false))
                        .reason())
                .isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        clock.advance(Duration.ofMillis(1));
        assertThat(ask("a")).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
    }

    @Test
    void callsAreStoppedAfterFiveTokensHaveFailed() {
        fail(500);
        for (int i = 0; i < 5; i++) {
            assertThat(ask("token-" + i)).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        }
        RefusedException stopped = refusal("another");
        assertThat(stopped.detail()).isEqualTo("calls are stopped after failures");
        assertThat(stopped.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(server.calls()).isEqualTo(5);
        assertThat(health().lastFailure()).contains("status 500, application/json");
        assertThat(health().nextCallAt()).contains(clock.instant().plusSeconds(1));
        answer(ACTIVE);
        clock.advance(Duration.ofSeconds(1));
        assertThat(ask("another")).isNull();
        assertThat(health().lastFailure()).isEmpty();
        assertThat(health().nextCallAt()).isEmpty();
    }

    @Test
    void aServerThatLimitsCallsGetsNoneForAsLongAsItAsks() {
        fail(429);
        server.withRetryAfter("20");
        assertThat(ask("a")).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        assertThat(refusal("b").retryAfter()).contains(Duration.ofSeconds(20));
        assertThat(server.calls()).isEqualTo(1);
        assertThat(warnings()).singleElement().asString().contains("limits the calls of this API: status 429");
    }

    @Test
    void aServerThatRejectsTheCredentialsIsReportedAsSuch() {
        fail(401);
        for (int i = 0; i < 6; i++) {
            assertThat(ask("token-" + i)).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        }
        assertThat(server.calls()).as("no reason to stop calls").isEqualTo(6);
        assertThat(health().refusesUs()).isTrue();
        assertThat(warnings()).singleElement().asString().contains("rejects the credentials of this API: status 401");
        answer(ACTIVE);
        assertThat(ask("b")).isNull();
        assertThat(health().refusesUs()).isFalse();
    }

    @Test
    void aMissingEndpointIsReportedOnceAMinute() {
        fail(404);
        assertThat(ask("a")).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        assertThat(ask("b")).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        assertThat(warnings()).singleElement().asString().contains("the issuer fails: status 404");
        clock.advance(Duration.ofMinutes(1));
        assertThat(ask("c")).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        assertThat(warnings()).hasSize(2);
    }

    @Test
    void aTokenThatTheServerRejectsIsRefusedAlone() {
        fail(413);
        for (int i = 0; i < 6; i++) {
            assertThat(ask("token-" + i)).isEqualTo(RefusalReason.TOKEN_INACTIVE);
        }
        assertThat(ask("token-0")).isEqualTo(RefusalReason.TOKEN_INACTIVE);
        assertThat(server.calls()).isEqualTo(6);
        assertThat(health().lastFailure()).isEmpty();
        assertThat(warnings()).singleElement().asString().contains("rejects single tokens: status 413");
    }

    @Test
    void anAnswerThatIsTooLargeRefusesItsTokenAlone() {
        answer("{\"active\":true,\"x\":\"" + "a".repeat(65_536) + "\"}");
        assertThat(ask("a")).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        assertThat(ask("a")).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        assertThat(server.calls()).isEqualTo(1);
        answer("{\"active\":true,\"x\":" + "[".repeat(200) + "]".repeat(200) + "}");
        assertThat(ask("b")).isEqualTo(RefusalReason.ANSWER_TOO_LARGE);
    }

    @Test
    void aMalformedAnswerIsAFailureOfTheServer() {
        answer("junk");
        assertThat(ask("a")).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        assertThat(health().lastFailure().orElseThrow()).startsWith("answer is malformed");
        answer(ACTIVE);
        assertThat(ask("a")).isNull();
    }

    @Test
    void anAnswerThatIsNotSignedAsRequiredSaysNothingAboutTheToken() {
        invalid = new RefusedException(RefusalReason.INTROSPECTION_INVALID, "aud");
        for (int i = 0; i < 5; i++) {
            assertThat(ask("token-" + i)).isEqualTo(RefusalReason.INTROSPECTION_INVALID);
        }
        assertThat(health().lastFailure()).contains("answer is not signed as required: aud");
        assertThat(refusal("another").detail()).isEqualTo("calls are stopped after failures");
    }
}
