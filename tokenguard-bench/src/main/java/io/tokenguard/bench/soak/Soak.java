package io.tokenguard.bench.soak;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Mixed load on three guards that share a Redis, for minutes or hours: good tokens, bad ones, revocations, proofs, opaque
 * tokens, while keys rotate, Redis is killed, the issuer stalls and the clock is set. Every answer is checked.
 */
public final class Soak {
    private static final int CALLERS = 8;
    private static final int TOKENS = 1_000;
    private static final Duration BETWEEN_FOOTPRINTS = Duration.ofMinutes(5);
    private static final long PAUSE_NANOS = 2_000_000;

    private final Duration length;
    private final Tally tally = new Tally();
    private final Disturbances disturbances = new Disturbances();
    private final AtomicLong calls = new AtomicLong();

    private Soak(Duration length) {
        this.length = length;
    }

    /**
     * Runs, and prints a report.
     *
     * @param length how long the load lasts
     * @param out where the report goes
     * @return whether every answer was right
     */
    public static boolean run(Duration length, PrintStream out) throws InterruptedException {
        return new Soak(length).run(out);
    }

    private boolean run(PrintStream out) throws InterruptedException {
        try (Nodes nodes = new Nodes()) {
            Tokens tokens = new Tokens(nodes.issuer(), TOKENS);
            Calls traffic = new Calls(nodes, tokens, disturbances, tally);
            IntStream.range(0, TOKENS).forEach(i -> call(traffic));
            Footprint before = Footprint.now();
            CountDownLatch end = new CountDownLatch(1);
            List<Thread> threads = IntStream.range(0, CALLERS)
                    .mapToObj(i -> start("caller-" + i, () -> callUntil(end, traffic)))
                    .toList();
            Thread faults = start("faults", new Faults(nodes, tokens, disturbances, end));
            sleep(out);
            end.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            faults.join();
            print(out, before, Footprint.now());
        }
        return tally.wrongAnswers().isEmpty();
    }

    /** Prints what the process holds from time to time, so that a leak shows as a line that keeps rising. */
    private void sleep(PrintStream out) throws InterruptedException {
        Duration done = Duration.ZERO;
        while (done.compareTo(length) < 0) {
            Duration left = length.minus(done);
            Duration next = left.compareTo(BETWEEN_FOOTPRINTS) < 0 ? left : BETWEEN_FOOTPRINTS;
            TimeUnit.NANOSECONDS.sleep(next.toNanos());
            done = done.plus(next);
            if (done.compareTo(length) < 0) {
                out.println("after " + done.toMinutes() + " min: " + Footprint.now());
            }
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.start();
        return thread;
    }

    private void callUntil(CountDownLatch end, Calls traffic) {
        while (end.getCount() > 0) {
            call(traffic);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void call(Calls traffic) {
        Kind kind = Kind.ofCall(calls.getAndIncrement());
        try {
            traffic.call(kind);
        } catch (RuntimeException | Error failure) {
            tally.failed(kind.name(), failure);
        }
    }

    private void print(PrintStream out, Footprint before, Footprint after) {
        Histogram nanos = tally.durations();
        out.printf("%nsoak: %d calls in %d s%n", calls.get(), length.toSeconds());
        print(out, "right answers", tally.answers());
        print(out, "503 to good tokens without a fault", tally.needlessAnswers());
        print(out, "accepted 20 s after another node's revocation", tally.lateAnswers());
        print(out, "wrong answers", tally.wrongAnswers());
        out.printf(
                "decisions: p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, longest %.0f ms%n",
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getValueAtPercentile(99.9) / 1e6,
                nanos.getMaxValue() / 1e6);
        out.println("at the start: " + before);
        out.println("at the end:   " + after);
    }

    private static void print(PrintStream out, String title, Map<String, LongAdder> counts) {
        out.printf(
                "%s: %d%n",
                title, counts.values().stream().mapToLong(LongAdder::sum).sum());
        counts.forEach((answer, count) -> out.printf("  %-60s %10d%n", answer, count.sum()));
    }
}
