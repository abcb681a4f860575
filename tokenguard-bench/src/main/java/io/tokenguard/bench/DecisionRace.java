package io.tokenguard.bench;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.testkit.TestIssuer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Two guards decide in short turns. What counts is the median difference of neighbouring turns, so that the rest of the machine
 * disturbs little.
 *
 * @param floor the guard that does less
 * @param contestant the guard that does more
 */
record DecisionRace(TokenGuard floor, TokenGuard contestant) {
    static final String AUDIENCE = "https://api.example.com";
    private static final int WARMUP = 20;
    private static final int ROUNDS = 60;
    private static final int BATCH = 20_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Decides about one request, whose token is cached after the first turn. */
    String run(IncomingRequest request) {
        double[] differences = new double[ROUNDS];
        double[] floors = new double[ROUNDS];
        for (int round = -WARMUP; round < ROUNDS; round++) {
            double base = nanoseconds(floor, request);
            double more = nanoseconds(contestant, request);
            if (round >= 0) {
                floors[round] = base;
                differences[round] = more - base;
            }
        }
        Arrays.sort(differences);
        Arrays.sort(floors);
        return String.format(
                Locale.ROOT,
                "%+.0f ns (half of the rounds: %+.0f to %+.0f) on %.0f ns",
                differences[ROUNDS / 2],
                differences[ROUNDS / 4],
                differences[ROUNDS * 3 / 4],
                floors[ROUNDS / 2]);
    }

    /** The mean processor time of one decision: other processes of the machine do not count. */
    private static double nanoseconds(TokenGuard guard, IncomingRequest request) {
        int granted = 0;
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < BATCH; i++) {
            granted += guard.decide(request) instanceof Decision.Granted ? 1 : 0;
        }
        double mean = (double) (THREADS.getCurrentThreadCpuTime() - start) / BATCH;
        if (granted != BATCH) {
            throw new IllegalStateException("Only " + granted + " of " + BATCH + " requests were granted");
        }
        return mean;
    }

    /** A guard that has its keys. */
    static TokenGuard guard(TestIssuer issuer, UnaryOperator<TokenGuardBuilder> settings) {
        TokenGuard guard = settings.apply(TokenGuard.builder()
                        .issuer(TrustedIssuer.builder(issuer.issuer())
                                .audience(AUDIENCE)
                                .build())
                        .route("/orders/** authenticated"))
                .build();
        if (!guard.awaitReady(Duration.ofSeconds(10))) {
            throw new IllegalStateException("the guard is not ready");
        }
        return guard;
    }

    /** A request with a good token. */
    static IncomingRequest request(TestIssuer issuer) {
        return IncomingRequest.builder("GET", "/orders/7")
                .overTls()
                .clientAddress("192.0.2.7")
                .header("Authorization", "Bearer " + issuer.token().sign())
                .build();
    }
}
