package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Threads that judge good tokens without end, and one that looks again and again whether any of them waits for keys.
 */
final class RequestThreads implements AutoCloseable {
    private static final StackTraceElement[] NOTHING = {};
    private static final long BETWEEN_REQUESTS_NANOS = 500_000;
    private static final long BETWEEN_SAMPLES_NANOS = 1_000_000;

    private final TokenGuard guard;
    private final TestIssuer issuer;
    private final List<Thread> threads;
    private final Thread sampler;
    private final AtomicLong judged = new AtomicLong();
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong samples = new AtomicLong();
    private final AtomicInteger mostWaiting = new AtomicInteger();
    private volatile boolean ended;

    RequestThreads(KeyDrill drill, int number) {
        this.guard = drill.guard;
        this.issuer = drill.issuer;
        threads = IntStream.range(0, number)
                .mapToObj(i -> new Thread(this::judge, "request-" + i))
                .toList();
        sampler = new Thread(this::sample, "sampler");
        threads.forEach(Thread::start);
        sampler.start();
    }

    private void judge() {
        IncomingRequest request =
                bearing(issuer.token().expiresIn(Duration.ofHours(23)).sign());
        boolean isFirst = true;
        while (!ended) {
            if (guard.decide(request) instanceof Decision.Refused) {
                refused.incrementAndGet();
            }
            judged.incrementAndGet();
            atWork.addAndGet(isFirst ? 1 : 0);
            isFirst = false;
            LockSupport.parkNanos(BETWEEN_REQUESTS_NANOS * threads.size());
        }
    }

    private void sample() {
        while (!ended) {
            Map<Thread, StackTraceElement[]> stacks = Thread.getAllStackTraces();
            int waiting = (int) threads.stream()
                    .filter(thread -> waitsForKeys(stacks.getOrDefault(thread, NOTHING)))
                    .count();
            mostWaiting.accumulateAndGet(waiting, Math::max);
            samples.incrementAndGet();
            LockSupport.parkNanos(BETWEEN_SAMPLES_NANOS);
        }
    }

    /** Whether it is parked there, and does not only ask whether it may. */
    private static boolean waitsForKeys(StackTraceElement[] stack) {
        return has(stack, "io.tokenguard.internal.keys", "await")
                && has(stack, "java.util.concurrent.CompletableFuture", "get");
    }

    private static boolean has(StackTraceElement[] stack, String className, String method) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().startsWith(className)
                        && frame.getMethodName().equals(method));
    }

    /** How many good tokens were refused. */
    long refused() {
        return refused.get();
    }

    /** The greatest number of threads that were seen waiting for keys at once. */
    int mostWaiting() {
        return mostWaiting.get();
    }

    /** Whether enough was seen for the other figures to say something. */
    boolean hasSeenEnough() {
        return judged.get() > 100 && samples.get() > 20;
    }

    /** Whether each thread has judged once at least. */
    boolean hasAllJudged() {
        return atWork.get() == threads.size() && samples.get() > 2;
    }

    @Override
    public void close() {
        ended = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
            sampler.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
