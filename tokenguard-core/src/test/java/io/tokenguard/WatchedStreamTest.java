package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.Revocations;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A watched stream ends when its token is no longer accepted, and not before. */
class WatchedStreamTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestClock clock = TestClock.startingAt(NOW);
    private final TestIssuer issuer =
            TestIssuer.builder().clock(clock).algorithms(TestAlgorithm.ES256).start();
    private final ManualTimer timer = new ManualTimer(clock);
    private final DrilledRevocationStore store = new DrilledRevocationStore();
    private final BlockingQueue<RefusalReason> ended = new LinkedBlockingQueue<>();
    private TokenGuard guard;

    private enum Withdrawal {
        TOKEN,
        PRESENTED,
        SESSION,
        SUBJECT,
        CLIENT,
        ISSUER;

        Revocation of(String issuer, String token) {
            return switch (this) {
                case TOKEN -> Revocation.token(issuer, "id");
                case PRESENTED -> Revocation.presented(token);
                case SESSION -> Revocation.session(issuer, "session");
                case SUBJECT -> Revocation.subject(issuer, "alice");
                case CLIENT -> Revocation.client(issuer, "app");
                case ISSUER -> Revocation.issuer(issuer).issuedBefore(NOW.plusSeconds(1));
            };
        }
    }

    @BeforeEach
    void start() {
        store.sync();
        guard = settings().build();
    }

    private TokenGuardBuilder settings() {
        return guarding(issuer).clock(clock).timer(timer).revocations(Revocations.shared(store));
    }

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
    }

    private TokenBuilder token() {
        return issuer.token()
                .tokenId("id")
                .subject("alice")
                .clientId("app")
                .claim("sid", "session")
                .issuedAt(clock.instant())
                .expiresIn(Duration.ofHours(1));
    }

    private AccessToken granted(String token) {
        return ((Decision.Granted) guard.decide(bearing(token))).accessToken().orElseThrow();
    }

    private RefusalReason end() throws InterruptedException {
        return ended.poll(20, TimeUnit.SECONDS);
    }

    /** Returns once a check of all streams that began after the call is over: the next one has begun then. */
    private void check() throws InterruptedException, RefusedException {
        beginCheck();
        beginCheck();
    }

    private void beginCheck() throws InterruptedException, RefusedException {
        CountDownLatch begun = new CountDownLatch(1);
        Runnable unused = guard.expectToken(Duration.ZERO, begun::countDown);
        do {
            timer.advance(SECOND);
        } while (!begun.await(200, TimeUnit.MILLISECONDS));
    }

    @ParameterizedTest
    @EnumSource
    void endsWhenItsTokenIsRevoked(Withdrawal withdrawal) throws Exception {
        String token = token().sign();
        Runnable unused = guard.watch(granted(token), ended::add);
        check();
        assertThat(ended).isEmpty();
        guard.revoke(withdrawal.of(issuer.issuer(), token));
        check();
        assertThat(end()).isEqualTo(RefusalReason.REVOKED);
    }

    @Test
    void endsWhenItsTokenExpires() throws Exception {
        Runnable unused = guard.watch(granted(token().sign()), ended::add);
        clock.advance(Duration.ofHours(1).plusSeconds(10));
        check();
        assertThat(ended).isEmpty();
        clock.advance(Duration.ofSeconds(30));
        check();
        assertThat(end()).isEqualTo(RefusalReason.EXPIRED);
    }

    @Test
    void endsWhenAnotherNodeRevokesItsToken() throws Exception {
        Runnable unused = guard.watch(granted(token().sign()), ended::add);
        store.bring(Revocation.subject(issuer.issuer(), "alice"));
        check();
        assertThat(end()).isEqualTo(RefusalReason.REVOKED);
    }

    @Test
    void endsWhenItsKeyIsBanned() throws Exception {
        Runnable unused = guard.watch(granted(token().sign()), ended::add);
        guard.banKey(issuer.currentKey().kid());
        check();
        assertThat(end()).isEqualTo(RefusalReason.KEY_REFUSED);
    }

    @Test
    void endsByTheConfigurationThatIsInEffect() throws Exception {
        Runnable unused = guard.watch(granted(token().sign()), ended::add);
        ManualTimer replaced = new ManualTimer(clock);
        guard.reconfigure(settings().timer(replaced).denyClients("app"));
        Awaitility.await().untilAsserted(() -> {
            replaced.advance(SECOND);
            assertThat(ended).containsExactly(RefusalReason.CLIENT_DENIED);
        });
    }

    @Test
    void doesNotBeginWithATokenThatWasRevokedMeanwhile() {
        AccessToken token = granted(token().sign());
        guard.revoke(Revocation.subject(issuer.issuer(), "alice"));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> guard.watch(token, ended::add))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.REVOKED));
        assertThat(ended).isEmpty();
    }

    @Test
    void isLeftAloneOnceItIsOver() throws Exception {
        Runnable over = guard.watch(granted(token().sign()), ended::add);
        over.run();
        over.run();
        guard.revoke(Revocation.subject(issuer.issuer(), "alice"));
        check();
        assertThat(ended).isEmpty();
    }

    @Test
    void endsOnceOnly() throws Exception {
        Runnable unused = guard.watch(granted(token().sign()), ended::add);
        guard.revoke(Revocation.subject(issuer.issuer(), "alice"));
        check();
        check();
        guard.close();
        assertThat(end()).isEqualTo(RefusalReason.REVOKED);
        assertThat(ended).isEmpty();
    }

    @Test
    void endsWhileOthersCantBeClosed() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AccessToken token = granted(token().sign());
        for (int i = 0; i < 10; i++) {
            Runnable unused = guard.watch(token, reason -> await(release));
        }
        Runnable unusedBroken = guard.watch(token, reason -> {
            throw new IllegalStateException("closed already");
        });
        Runnable unused = guard.watch(token, ended::add);
        guard.revoke(Revocation.subject(issuer.issuer(), "alice"));
        check();
        assertThat(end()).isEqualTo(RefusalReason.REVOKED);
        release.countDown();
    }

    private static void await(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void ofOneSubjectAreATenthOfAllAtMost() throws Exception {
        AccessToken token = granted(token().sign());
        Runnable last = () -> {};
        for (int i = 0; i < 10_000; i++) {
            last = guard.watch(token, ended::add);
        }
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> guard.watch(token, ended::add))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.INTERNAL_FAILURE));
        Runnable unusedOther =
                guard.watch(granted(token().subject("bob").tokenId("other").sign()), ended::add);
        last.run();
        Runnable unusedAgain = guard.watch(token, ended::add);
        assertThat(ended).isEmpty();
    }

    @Test
    void endsWithoutATokenAfterItsTime() throws Exception {
        AtomicInteger late = new AtomicInteger();
        AtomicInteger inTime = new AtomicInteger();
        Runnable unused = guard.expectToken(Duration.ofSeconds(30), late::incrementAndGet);
        guard.expectToken(Duration.ofSeconds(30), inTime::incrementAndGet).run();
        check();
        assertThat(late).hasValue(0);
        clock.advance(Duration.ofSeconds(30));
        check();
        Awaitility.await().untilAsserted(() -> assertThat(late).hasValue(1));
        assertThat(inTime).hasValue(0);
    }

    @Test
    void endsWithItsGuard() throws Exception {
        Runnable unused = guard.watch(granted(token().sign()), ended::add);
        guard.close();
        assertThat(end()).isEqualTo(RefusalReason.INTERNAL_FAILURE);
    }
}
