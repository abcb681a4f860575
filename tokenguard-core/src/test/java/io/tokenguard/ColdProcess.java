package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A process of its own, to be started with little processor time: 200 first requests at once, against a slow key set. */
final class ColdProcess {
    private static final int REQUESTS = 200;
    private static final Duration SLOW = Duration.ofMillis(1_500);

    private ColdProcess() {}

    public static void main(String[] args) throws InterruptedException {
        try (TestIssuer issuer = TestIssuer.start()) {
            issuer.on(TestEndpoint.JWKS).answer(Fault.delay(SLOW));
            IncomingRequest request = bearing(issuer.token().sign());
            try (TokenGuard guard = guarding(
                            issuer,
                            settings -> settings.keysFrom(issuer.jwksUri())
                                    // The machine may be busy; what is held is that nobody gives up before the load
                                    // ends.
                                    .keyTimeout(Duration.ofSeconds(25)))
                    .build()) {
                int granted = grantedOf(guard, request);
                int loads = issuer.requests(TestEndpoint.JWKS);
                if (granted != REQUESTS || loads != 1) {
                    throw new IllegalStateException(granted + " granted, " + loads + " loads");
                }
            }
        }
    }

    private static int grantedOf(TokenGuard guard, IncomingRequest request) throws InterruptedException {
        AtomicInteger granted = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(REQUESTS);
        for (int i = 0; i < REQUESTS; i++) {
            new Thread(() -> {
                        try {
                            started.await();
                            granted.addAndGet(reasonOf(guard.decide(request)) == null ? 1 : 0);
                        } catch (InterruptedException interrupted) {
                            Thread.currentThread().interrupt();
                        } finally {
                            ended.countDown();
                        }
                    })
                    .start();
        }
        started.countDown();
        ended.await();
        return granted.get();
    }
}
