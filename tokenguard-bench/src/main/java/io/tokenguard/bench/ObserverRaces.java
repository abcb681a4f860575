package io.tokenguard.bench;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.internal.telemetry.DecisionCounters;
import io.tokenguard.internal.telemetry.GuardCounters;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.TestIssuer;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What does it cost to watch decisions about a cached token? Each contestant is held against a guard that nothing observes; the
 * counters, which can't be switched off, are measured alone. Meters read snapshots, and take nothing from a decision.
 */
public final class ObserverRaces {
    private static final int COUNTED = 5_000_000;

    private ObserverRaces() {}

    /** Measures and prints. */
    public static void main(String[] arguments) {
        System.out.println("the counters: " + counters());
        try (TestIssuer issuer =
                TestIssuer.builder().audience(DecisionRace.AUDIENCE).start()) {
            IncomingRequest request = DecisionRace.request(issuer);
            UnaryOperator<TokenGuardBuilder> console =
                    guard -> guard.consolePath("/console").consoleScope("console");
            race("nothing more (the noise)", issuer, request, guard -> guard, guard -> {});
            race("an observer of grants", issuer, request, guard -> guard.observer(new Grants()), guard -> {});
            race("the console", issuer, request, console, TokenGuard::console);
            race(
                    "all of it",
                    issuer,
                    request,
                    guard -> console.apply(guard).observer(new Grants()),
                    TokenGuard::console);
        }
    }

    /** Does next to nothing with a grant. */
    private static final class Grants implements GuardObserver {
        private final LongAdder seen = new LongAdder();

        @Override
        public void granted(Grant grant) {
            seen.increment();
        }

        @Override
        public void refused(Refusal refusal) {
            throw new IllegalStateException(refusal.toString());
        }
    }

    private static void race(
            String name,
            TestIssuer issuer,
            IncomingRequest request,
            UnaryOperator<TokenGuardBuilder> settings,
            Consumer<TokenGuard> start) {
        try (TokenGuard plain = DecisionRace.guard(issuer, guard -> guard);
                TokenGuard watched = DecisionRace.guard(issuer, settings)) {
            start.accept(watched);
            System.out.println(name + ": " + new DecisionRace(plain, watched).run(request));
        }
    }

    /** The counts of a granted request. */
    private static String counters() {
        String issuer = "https://issuer.example.com";
        DecisionCounters counters = new GuardCounters()
                .decisions(new DecisionCounters.Labels(List.of("/orders/**"), Map.of(issuer, issuer), Map.of()));
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < COUNTED; i++) {
                counters.granted(DecisionCounters.FIRST_RULE, issuer);
            }
            long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            best = Math.min(best, (double) (end - start) / COUNTED);
        }
        return String.format(Locale.ROOT, "%.1f ns a granted request", best);
    }
}
