package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardHealth.IntrospectionHealth;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.Introspection;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** Introspection while the issuer fails, stalls or is overloaded. */
class IntrospectionOutageTest {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(2_500);

    private static final Duration DEFAULT_TIMEOUT = Introspection.at(
                    URI.create("https://issuer.example.com/introspect"), IntrospectionDrill.CLIENT)
            .timeout();

    private final IntrospectionDrill drill = new IntrospectionDrill(settings -> settings.timeout(DEFAULT_TIMEOUT));

    @AfterEach
    void stop() {
        drill.close();
    }

    private void answer(Fault fault) {
        drill.issuer.on(TestEndpoint.INTROSPECTION).answer(fault);
    }

    private IntrospectionHealth health() {
        return drill.guard.health().introspection().get(0);
    }

    /** Judges on as many threads as there are tokens, all at once. */
    private List<RefusalReason> judgeAtOnce(List<String> tokens) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tokens.size());
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<RefusalReason>> reasons = new ArrayList<>();
            for (String token : tokens) {
                reasons.add(threads.submit(() -> {
                    start.await();
                    return drill.judge(token);
                }));
            }
            start.countDown();
            List<RefusalReason> all = new ArrayList<>();
            for (Future<RefusalReason> reason : reasons) {
                all.add(reason.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> Duration timeOf(Callable<T> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    static Stream<Fault> noAnswers() {
        return Stream.of(
                Fault.body("<html>Log in</html>").contentType("text/html"),
                Fault.body("<html>Log in</html>"),
                Fault.body("{\"active\":true}").contentType("text/plain"),
                Fault.body("{\"active\":true}").contentType("application/token-introspection+jwt"),
                Fault.body("{\"active\":true}").contentType("application/jwt"),
                Fault.body("{\"active\":true"),
                Fault.body("{\"active\":false,\"active\":true}"),
                Fault.body("[true]"),
                Fault.body("true"),
                Fault.body(""),
                Fault.truncated(),
                Fault.status(200).header("Content-Encoding", "br").body("{}"),
                Fault.dropConnection(),
                Fault.status(201),
                Fault.status(204),
                Fault.status(304),
                Fault.redirectTo(URI.create("http://127.0.0.1:1/introspect")),
                Fault.status(307).header("Location", "http://127.0.0.1:1/introspect"),
                Fault.status(401),
                Fault.status(403),
                Fault.status(404),
                Fault.status(429).header("Retry-After", "1"),
                Fault.status(500),
                Fault.status(503).header("Retry-After", "Mon, 01 Jan 2035 00:00:00 GMT"));
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void answers503WithoutAVerdictOnEveryFault(Fault fault) {
        String token = drill.as().opaque();
        answer(fault);
        Decision.Refused refused = (Decision.Refused) drill.decide("/orders", token);
        assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        assertThat(refused.refusal().detail()).isNotEmpty().doesNotContain(token);
        assertThat(refused.challenge().status()).isEqualTo(503);
        assertThat(refused.challenge().headers()).containsKey("Retry-After").doesNotContainKey("WWW-Authenticate");
        assertThat(health().lastFailure()).isPresent();
    }

    @Test
    void nothingIsRememberedOfAFailedCall() {
        String token = drill.as().opaque();
        answer(Fault.status(500));
        assertThat(drill.judge(token)).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        drill.issuer.heal();
        assertThat(drill.judge(token)).isNull();
        assertThat(health().lastFailure()).isEmpty();
    }

    @Test
    void waitsForAsLongAsRetryAfterAsks() {
        answer(Fault.status(429).header("Retry-After", "7"));
        assertThat(drill.judge(drill.as().opaque())).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        drill.issuer.heal();
        int calls = drill.calls();
        drill.advance(Duration.ofMillis(6_999));
        assertThat(drill.judge(drill.as().opaque())).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        assertThat(drill.calls()).isEqualTo(calls);
        drill.advance(Duration.ofMillis(1));
        assertThat(drill.judge(drill.as().opaque())).isNull();
    }

    @Test
    void waitsForHalfAMinuteAtMost() {
        answer(Fault.status(429).header("Retry-After", "86400"));
        assertThat(drill.judge(drill.as().opaque())).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        drill.issuer.heal();
        drill.advance(Duration.ofSeconds(30));
        assertThat(drill.judge(drill.as().opaque())).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void rejectedClientCredentialsRaiseOneAlarmAMinuteAndNeverInvalidToken(int status) {
        RecordedLog.clear();
        answer(Fault.status(status));
        for (int i = 0; i < 5; i++) {
            assertThat(drill.judge(drill.as().opaque())).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        }
        assertThat(alarms()).isEqualTo(1);
        assertThat(health().refusesUs()).isTrue();
        assertThat(drill.guard.health().isReady()).isFalse();
        drill.advance(Duration.ofMinutes(1));
        drill.judge(drill.as().opaque());
        assertThat(alarms()).isEqualTo(2);
        drill.issuer.heal();
        assertThat(drill.judge(drill.as().opaque())).isNull();
        assertThat(health().refusesUs()).isFalse();
        assertThat(drill.guard.health().isReady()).isTrue();
    }

    private static long alarms() {
        return RecordedLog.recent().stream()
                .filter(event ->
                        event.level() == Level.WARN && event.text().contains("rejects the credentials of this API"))
                .count();
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void tellsTheOperatorNothingThatIsSecret(Fault fault) {
        RecordedLog.clear();
        String token = drill.as().opaque();
        answer(fault);
        drill.judge(token);
        assertThat(RecordedLog.recent())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.text()).doesNotContain(token, "secret", "YXBpOnNlY3JldA"));
        assertThat(drill.guard.health().toString()).doesNotContain(token, "secret");
    }

    @Nested
    class Slow {
        @Test
        void isAbortedAfterOneSecondIncludingTheBody() throws Exception {
            for (Fault slow :
                    List.of(Fault.hang(), Fault.drip(Duration.ofMillis(400)), Fault.delay(Duration.ofSeconds(2)))) {
                answer(slow);
                String token = drill.as().opaque();
                assertThat(timeOf(() -> drill.judge(token))).isBetween(Duration.ofMillis(900), LONGEST_WAIT);
                assertThat(drill.judge(token)).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
            }
        }

        @Test
        void waitsNoLongerThanItIsToldTo() throws Exception {
            try (IntrospectionDrill quick =
                    new IntrospectionDrill(settings -> settings.timeout(Duration.ofMillis(100)))) {
                quick.issuer.on(TestEndpoint.INTROSPECTION).answer(Fault.hang());
                assertThat(timeOf(() -> quick.judge(quick.as().opaque()))).isLessThan(Duration.ofMillis(900));
            }
        }

        @Test
        void anInterruptedThreadGetsNoVerdictAndKeepsItsFlag() {
            answer(Fault.hang());
            Thread.currentThread().interrupt();
            assertThat(drill.judge(drill.as().opaque())).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void anInterruptedThreadDoesNoHarmToTheCallThatOthersWaitFor() throws Exception {
            answer(Fault.delay(Duration.ofMillis(300)));
            String token = drill.as().opaque();
            Thread.currentThread().interrupt();
            assertThat(drill.judge(token)).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(drill.judge(token)).isNull();
            assertThat(drill.calls()).isEqualTo(1);
        }
    }

    @Test
    void makesOneCallForConcurrentRequestsWithOneToken() throws Exception {
        answer(Fault.delay(Duration.ofMillis(300)));
        String token = drill.as().opaque();
        assertThat(judgeAtOnce(Stream.generate(() -> token).limit(500).toList()))
                .containsOnlyNulls();
        assertThat(drill.calls()).isEqualTo(1);
    }
}
