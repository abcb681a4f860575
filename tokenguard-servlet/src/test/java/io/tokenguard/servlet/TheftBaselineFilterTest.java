package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.TheftSignal;
import io.tokenguard.access.TheftSignal.Kind;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TokenBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A stolen token of a subject whose use is known, through the filter over sockets. */
@OnEveryContainer
class TheftBaselineFilterTest {
    private static final int DAYS = 12;

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-07T09:00:00Z"));
    private final List<TheftSignal> signals = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final StringBuilder outputs = new StringBuilder();
    private Site site;

    @Parameter
    Container container;

    @AfterEach
    void stop() {
        site.close();
    }

    private final class Listener implements GuardObserver {
        @Override
        public void refused(Refusal refusal) {
            refusals.add(refusal);
            outputs.append(refusal.fields());
        }

        @Override
        public void suspected(TheftSignal signal) {
            signals.add(signal);
            outputs.append(signal.explanation()).append(signal.fingerprint()).append(signal);
        }
    }

    /** The owner is known from requests of twelve days. */
    private void learn(TheftDetection.Baseline.Answer mode) throws Exception {
        site = new Application("/me authenticated", "/export authenticated")
                .built(guard -> guard.clock(clock)
                        .trustedProxies("127.0.0.1")
                        .observer(new Listener())
                        .theftBaseline(TheftDetection.Baseline.report().mode(mode)))
                .servlet(Page::identity, "/me", "/export")
                .on(container);
        for (int day = 0; day < DAYS; day++) {
            String token = token().sign();
            assertThat(owner(token).status()).isEqualTo(200);
            assertThat(owner(token).status()).isEqualTo(200);
            clock.advance(Duration.ofDays(1));
        }
        assertThat(signals).isEmpty();
    }

    private TokenBuilder token() {
        return site.issuer()
                .token()
                .subject("alice")
                .clientId("shop")
                .issuedAt(clock.instant())
                .expiresAt(clock.instant().plus(Duration.ofHours(1)));
    }

    private Answer owner(String token) throws IOException {
        return get("/me", token, "192.0.2.1", "Mozilla/5.0 (X11) Firefox/128");
    }

    private Answer thief(String token) throws IOException {
        return get("/export", token, "203.0.113.9", "curl/8");
    }

    private Answer get(String path, String token, String address, String agent) throws IOException {
        Answer answer = site.get(
                path,
                "Authorization: Bearer " + token,
                "X-Forwarded-For: " + address,
                "X-Forwarded-Proto: https",
                "User-Agent: " + agent);
        outputs.append(answer);
        return answer;
    }

    private void assertHidden(String token) {
        assertThat(outputs.toString()).doesNotContain(token).doesNotContain(token.substring(token.length() - 20));
    }

    @Test
    void isReported() throws Exception {
        learn(TheftDetection.Baseline.Answer.REPORT);
        String stolen = token().sign();
        assertThat(owner(stolen).status()).isEqualTo(200);
        assertThat(signals).isEmpty();
        assertThat(thief(stolen).status()).isEqualTo(200);
        assertThat(signals).singleElement().satisfies(signal -> {
            assertThat(signal.kind()).isEqualTo(Kind.UNUSUAL_USE);
            assertThat(signal.explanation()).startsWith("first request ever from this network, ");
        });
        assertHidden(stolen);
    }

    @Test
    void isChallengedToStepUpAndTheOwnerIsNot() throws Exception {
        learn(TheftDetection.Baseline.Answer.STEP_UP);
        String stolen = token().sign();
        Answer answer = thief(stolen);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenge())
                .contains("error=\"insufficient_user_authentication\"")
                .contains("max_age=\"300\"");
        assertThat(refusals).extracting(Refusal::reason).containsExactly(RefusalReason.STEP_UP_REQUIRED);
        assertThat(owner(stolen).status()).isEqualTo(200);
        String authenticated =
                token().claim("auth_time", clock.instant().getEpochSecond()).sign();
        assertThat(thief(authenticated).status()).isEqualTo(200);
        assertHidden(stolen);
    }

    @Test
    void isRevokedAtOnce() throws Exception {
        learn(TheftDetection.Baseline.Answer.REVOKE);
        String stolen = token().sign();
        assertThat(owner(stolen).status()).isEqualTo(200);
        Answer answer = thief(stolen);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenge()).contains("error=\"invalid_token\"");
        assertThat(owner(stolen).status()).isEqualTo(401);
        assertThat(refusals).extracting(Refusal::reason).containsOnly(RefusalReason.REVOKED);
        assertThat(signals).singleElement().matches(TheftSignal::isRevoked);
        assertThat(owner(token().tokenId("next").sign()).status()).isEqualTo(200);
        assertHidden(stolen);
    }
}
