package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.TheftSignal;
import io.tokenguard.access.TheftSignal.Kind;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request is compared with what is usual for its subject and client. */
class TheftBaselineTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String BROWSER = "Mozilla/5.0 (X11) Firefox/128";

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-07T09:00:00Z"));
    private final TestIssuer issuer = TestIssuer.builder().clock(clock).start();
    private final List<TheftSignal> signals = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private TokenGuard guard = settings(TheftDetection.Baseline.report()).build();

    private TokenGuardBuilder settings(TheftDetection.Baseline baseline) {
        return guarding(issuer)
                .clock(clock)
                .route("/export authenticated")
                .theftBaseline(baseline)
                .observer(new GuardObserver() {
                    @Override
                    public void refused(Refusal refusal) {
                        refusals.add(refusal);
                    }

                    @Override
                    public void suspected(TheftSignal suspicion) {
                        signals.add(suspicion);
                    }
                });
    }

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
    }

    private void answer(TheftDetection.Baseline.Answer mode) {
        guard.reconfigure(settings(TheftDetection.Baseline.report().mode(mode)));
    }

    private String token(UnaryOperator<TokenBuilder> own) {
        return own.apply(issuer.token().subject("alice").clientId("shop").expiresIn(Duration.ofHours(1)))
                .sign();
    }

    private String token() {
        return token(UnaryOperator.identity());
    }

    private RefusalReason use(String path, String address, String agent, String token) {
        return reasonOf(guard.decide(request(path, address, agent, token)));
    }

    private static IncomingRequest request(String path, String address, String agent, String token) {
        return IncomingRequest.builder("GET", path)
                .overTls()
                .clientAddress(address)
                .header("User-Agent", agent)
                .header("Authorization", "Bearer " + token)
                .build();
    }

    private RefusalReason owner(String token) {
        return use("/orders", "192.0.2.1", BROWSER, token);
    }

    private RefusalReason thief(String token) {
        return use("/export", "203.0.113.9", "curl/8", token);
    }

    private void learn(int days) {
        for (int day = 0; day < days; day++) {
            String token = token();
            for (int i = 0; i < 5; i++) {
                assertThat(owner(token)).isNull();
            }
            clock.advance(DAY);
        }
    }

    @Test
    void aThiefsRequestIsReportedAndGranted() {
        learn(12);
        assertThat(thief(token())).isNull();
        assertThat(signals).singleElement().satisfies(signal -> {
            assertThat(signal.kind()).isEqualTo(Kind.UNUSUAL_USE);
            assertThat(signal.count()).isBetween(60, 100);
            assertThat(signal.explanation())
                    .isEqualTo("first request ever from this network, first request ever by this kind of program,"
                            + " first request ever for this route");
            assertThat(signal.subject()).isEqualTo("alice");
            assertThat(signal.isRevoked()).isFalse();
        });
        assertThat(guard.stats().decisions().suspicions()).containsEntry(Kind.UNUSUAL_USE, 1L);
    }

    @Test
    void theOwnerIsNotReported() {
        learn(40);
        assertThat(use("/orders", "192.0.2.77", "Mozilla/5.0 (X11) Firefox/129.1", token()))
                .isNull();
        assertThat(signals).isEmpty();
    }

    @Test
    void aSubjectIsNotComparedBeforeItWasActiveOnEnoughDays() {
        learn(2);
        assertThat(thief(token())).isNull();
        assertThat(signals).isEmpty();
    }

    @Test
    void anotherSubjectOrClientHasABaselineOfItsOwn() {
        learn(12);
        assertThat(thief(token(own -> own.subject("bob")))).isNull();
        assertThat(thief(token(own -> own.clientId("other")))).isNull();
        assertThat(signals).isEmpty();
    }

    @Test
    void refusedRequestsTeachNothing() {
        for (int day = 0; day < 12; day++) {
            assertThat(use("/unknown", "192.0.2.1", BROWSER, token())).isEqualTo(RefusalReason.NO_MATCHING_ROUTE);
            clock.advance(DAY);
        }
        assertThat(thief(token())).isNull();
        assertThat(signals).isEmpty();
    }

    @Test
    void forgedTokensTeachNothing() {
        learn(12);
        String forged = token().replaceFirst("\\.[^.]+$", ".AAAA");
        for (int i = 0; i < 100; i++) {
            assertThat(thief(forged)).isEqualTo(RefusalReason.SIGNATURE_INVALID);
        }
        assertThat(thief(token())).isNull();
        assertThat(signals).hasSize(1);
    }

    @Test
    void whatIsLearnedOutlivesAConfiguration() {
        learn(12);
        answer(TheftDetection.Baseline.Answer.REPORT);
        assertThat(thief(token())).isNull();
        assertThat(signals).hasSize(1);
    }

    @Test
    void explainingADecisionTeachesAndReportsNothing() {
        learn(12);
        assertThat(guard.explain(request("/export", "203.0.113.9", "curl/8", token())))
                .isInstanceOf(Decision.Granted.class);
        assertThat(signals).isEmpty();
    }

    @Test
    void aTokenThatIsBoundToItsSenderIsNotCompared() {
        DpopClient client = DpopClient.create();
        learn(12);
        String token = token(own -> own.boundTo(client.key()));
        String proof = client.proof("GET", "https://api.example.com/export")
                .issuedAt(clock.instant())
                .forToken(token)
                .sign();
        assertThat(reasonOf(guard.decide(IncomingRequest.builder("GET", "/export")
                        .overTls()
                        .clientAddress("203.0.113.9")
                        .header("Host", "api.example.com")
                        .header("Authorization", "DPoP " + token)
                        .header("DPoP", proof)
                        .build())))
                .isNull();
        assertThat(signals).isEmpty();
    }

    @Test
    void stepUpChallengesAThiefAndLetsTheOwnerPass() {
        learn(12);
        answer(TheftDetection.Baseline.Answer.STEP_UP);
        Decision decision = guard.decide(request("/export", "203.0.113.9", "curl/8", token()));
        assertThat(reasonOf(decision)).isEqualTo(RefusalReason.STEP_UP_REQUIRED);
        assertThat(((Decision.Refused) decision)
                        .challenge()
                        .headers()
                        .get("WWW-Authenticate")
                        .get(0))
                .contains("error=\"insufficient_user_authentication\"")
                .contains("max_age=\"300\"");
        assertThat(refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.fields().toString()).contains("tokenguard.theft-baseline.mode", "first request ever");
        });
        assertThat(owner(token())).isNull();
        assertThat(signals).hasSize(1);
    }

    @Test
    void whoAuthenticatesAfterTheChallengeIsKnownFromThenOn() {
        learn(12);
        answer(TheftDetection.Baseline.Answer.STEP_UP);
        assertThat(thief(token())).isEqualTo(RefusalReason.STEP_UP_REQUIRED);
        clock.advance(Duration.ofSeconds(30));
        long now = clock.instant().getEpochSecond();
        assertThat(thief(token(own -> own.claim("auth_time", now)))).isNull();
        clock.advance(Duration.ofMinutes(10));
        assertThat(thief(token())).isNull();
    }

    @Test
    void aRecentAuthenticationBeforeTheChallengePassesAndTeachesNothing() {
        learn(12);
        answer(TheftDetection.Baseline.Answer.STEP_UP);
        long before = clock.instant().getEpochSecond() - 10;
        String stolen = token(own -> own.claim("auth_time", before));
        assertThat(thief(token())).isEqualTo(RefusalReason.STEP_UP_REQUIRED);
        assertThat(thief(stolen)).isNull();
        clock.advance(Duration.ofMinutes(10));
        assertThat(thief(stolen)).isEqualTo(RefusalReason.STEP_UP_REQUIRED);
    }

    @Test
    void limitGrantsSomeAMinute() {
        learn(12);
        answer(TheftDetection.Baseline.Answer.LIMIT);
        String token = token();
        for (int i = 0; i < 10; i++) {
            assertThat(thief(token)).isNull();
        }
        clock.advance(Duration.ofSeconds(15));
        Decision decision = guard.decide(request("/export", "203.0.113.9", "curl/8", token));
        assertThat(reasonOf(decision)).isEqualTo(RefusalReason.RATE_LIMIT_EXCEEDED);
        assertThat(((Decision.Refused) decision).challenge().headers()).containsEntry("Retry-After", List.of("45"));
        assertThat(owner(token)).isNull();
        clock.advance(Duration.ofSeconds(45));
        assertThat(thief(token)).isNull();
    }

    @Test
    void revokeRefusesTheRequestAndTheToken() {
        learn(12);
        answer(TheftDetection.Baseline.Answer.REVOKE);
        String token = token();
        assertThat(owner(token)).isNull();
        assertThat(thief(token)).isEqualTo(RefusalReason.REVOKED);
        assertThat(owner(token)).isEqualTo(RefusalReason.REVOKED);
        assertThat(owner(token(own -> own.tokenId("next")))).isNull();
        assertThat(signals).singleElement().matches(TheftSignal::isRevoked);
    }

    @Test
    void aScoreBetweenTheTwoIsReportedAndGranted() {
        learn(12);
        guard.reconfigure(settings(TheftDetection.Baseline.report()
                .mode(TheftDetection.Baseline.Answer.REVOKE)
                .responseScore(100)));
        assertThat(thief(token())).isNull();
        assertThat(signals).singleElement().matches(signal -> !signal.isRevoked());
    }

    @Test
    void freshNeedsIssuersThatCanBeAsked() {
        assertThatThrownBy(() -> answer(TheftDetection.Baseline.Answer.FRESH))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "tokenguard.theft-baseline.mode is 'fresh': set tokenguard.introspection.uri for each issuer,"
                                + " or another mode");
    }

    @Test
    void theResponseScoreIsNotBelowTheOtherOne() {
        assertThatThrownBy(() -> guard.reconfigure(
                        settings(TheftDetection.Baseline.report().responseScore(40))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokenguard.theft-baseline.response-score is '40'");
    }

    @Test
    void theLogSaysWhyInOneLineWithoutTheTokenOrAnAddress() {
        learn(12);
        RecordedLog.clear();
        String token = token();
        assertThat(thief(token)).isNull();
        assertThat(RecordedLog.audit()).singleElement().asString().satisfies(line -> {
            assertThat(line)
                    .startsWith("suspected kind=UNUSUAL_USE count=")
                    .contains("why=\"first request ever from this network, ");
            assertThat(line).doesNotContain(token).doesNotContain("203.0.113").doesNotContain("curl");
        });
    }

    @Test
    void headersThatCannotBeReadChangeNoDecision() {
        learn(12);
        IncomingRequest good = request("/orders", "192.0.2.1", BROWSER, token());
        IncomingRequest.HeaderFields failing = name -> {
            if (name.equals("User-Agent")) {
                throw new IllegalStateException("a server that fails");
            }
            return good.headers().valuesOf(name);
        };
        assertThat(reasonOf(guard.decide(new IncomingRequest(
                        "GET", "/orders", "/orders", failing, good.connection(), good.pathParameters()))))
                .isNull();
    }
}
