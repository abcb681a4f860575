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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What does a limit add to a decision about a cached token? Two guards, with and without limits, decide in short turns; what
 * counts is the median difference of neighbouring turns, so that the rest of the machine disturbs little.
 */
public final class LimitRaces {
    private static final String AUDIENCE = "https://api.example.com";
    private static final int WARMUP = 20;
    private static final int ROUNDS = 60;
    private static final int BATCH = 20_000;
    private static final String PLENTY = "limit 999999999/1s per ";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private LimitRaces() {}

    /** Measures and prints. */
    public static void main(String[] arguments) {
        Map<String, UnaryOperator<TokenGuardBuilder>> contestants = new LinkedHashMap<>();
        contestants.put("nothing more (the noise)", guard -> guard);
        contestants.put("a brake", guard -> guard.brake(true));
        contestants.put("a limit per subject", guard -> guard.limit("/orders/** " + PLENTY + "subject"));
        contestants.put("a limit per network", guard -> guard.limit("/orders/** " + PLENTY + "network"));
        contestants.put("two limits", guard -> guard.limit("/orders/** " + PLENTY + "subject " + PLENTY + "client"));
        try (TestIssuer issuer = TestIssuer.builder().audience(AUDIENCE).start();
                TokenGuard plain = guard(issuer, guard -> guard)) {
            IncomingRequest request = IncomingRequest.builder("GET", "/orders/7")
                    .overTls()
                    .clientAddress("192.0.2.7")
                    .header("Authorization", "Bearer " + issuer.token().sign())
                    .build();
            contestants.forEach((name, settings) -> {
                try (TokenGuard limited = guard(issuer, settings)) {
                    System.out.println(name + ": " + race(plain, limited, request));
                }
            });
        }
    }

    private static TokenGuard guard(TestIssuer issuer, UnaryOperator<TokenGuardBuilder> settings) {
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

    private static String race(TokenGuard plain, TokenGuard limited, IncomingRequest request) {
        double[] differences = new double[ROUNDS];
        double[] floors = new double[ROUNDS];
        for (int round = -WARMUP; round < ROUNDS; round++) {
            double floor = nanoseconds(plain, request);
            double contestant = nanoseconds(limited, request);
            if (round >= 0) {
                floors[round] = floor;
                differences[round] = contestant - floor;
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
}
