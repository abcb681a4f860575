package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A thread that is told to stop while it waits for keys stops waiting, and the keys come all the same. */
class InterruptionTest {
    private final TestIssuer issuer = TestIssuer.builder().start();
    private TokenGuard guard;
    private IncomingRequest good;

    @BeforeEach
    void start() {
        issuer.on(TestEndpoint.JWKS).answer(Fault.delay(Duration.ofMillis(800)));
        good = bearing(issuer.token().sign());
        guard = guarding(issuer, settings -> settings.keysFrom(issuer.jwksUri()))
                .build();
    }

    @AfterEach
    void stop() {
        boolean unused = Thread.interrupted();
        guard.close();
        issuer.close();
    }

    @Test
    void answers503AndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThat(reasonOf(guard.decide(good))).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void isWokenOutOfItsWait() throws InterruptedException {
        AtomicReference<RefusalReason> reason = new AtomicReference<>();
        AtomicBoolean isStillInterrupted = new AtomicBoolean();
        Thread waiting = new Thread(() -> {
            reason.set(reasonOf(guard.decide(good)));
            isStillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        waiting.start();
        Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        waiting.interrupt();
        waiting.join(500);
        assertThat(reason).hasValue(RefusalReason.KEYS_UNAVAILABLE);
        assertThat(isStillInterrupted).isTrue();
    }

    @Test
    void losesNobodyTheLoadThatItWaitedFor() {
        Thread.currentThread().interrupt();
        guard.decide(good);
        assertThat(Thread.interrupted()).isTrue();
        Awaitility.await().until(() -> reasonOf(guard.decide(good)) == null);
        assertThat(issuer.requests(TestEndpoint.JWKS)).isEqualTo(1);
    }
}
