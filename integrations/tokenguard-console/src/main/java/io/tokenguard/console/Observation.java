package io.tokenguard.console;

import io.tokenguard.TokenGuard;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is observed of a guard while the console is served: refusals as they happen, counts once a second by a thread of its own.
 * Another thread exchanges counts with the store once a minute.
 *
 * @param clock the time of day
 * @param startedAt since when
 * @param refusals the last refusals
 * @param rates rates of the last minute
 * @param trends counts over time
 * @param stop ends it
 */
record Observation(Clock clock, Instant startedAt, RecentRefusals refusals, Rates rates, Trends trends, Runnable stop)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Observation.class);
    private static final long BETWEEN_EXCHANGES = 60;
    private static final long LONGEST_FINISH = 3;

    static Observation start(TokenGuard guard, Clock clock) {
        DecisionObserver observer =
                new DecisionObserver(new RecentRefusals(), new DecisionTimes(), new NameCounts(), clock);
        Rates rates = new Rates();
        Trends trends = new Trends();
        Sampler sampler = new Sampler(guard::stats, observer, trends, rates);
        sampler.sample(System.nanoTime());
        StoredTrends stored = new StoredTrends(
                guard::rollUps, trends, UUID.randomUUID().toString().replace("-", ""), clock);
        Runnable forget = guard.observe(observer);
        ScheduledExecutorService sampling = repeat("tokenguard-console", () -> sampler.sample(System.nanoTime()), 1);
        ScheduledExecutorService storing = repeat("tokenguard-console-store", stored::exchange, BETWEEN_EXCHANGES);
        return new Observation(clock, clock.instant(), observer.refusals(), rates, trends, () -> {
            forget.run();
            sampling.shutdownNow();
            finish(storing, stored);
        });
    }

    private static ScheduledExecutorService repeat(String name, Runnable work, long seconds) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        Future<?> unused = timer.scheduleAtFixedRate(() -> safely(work), 1, seconds, TimeUnit.SECONDS);
        return timer;
    }

    /** A timer runs nothing any more after an exception. */
    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.warn(
                    "The console could not update its counts ({}); it tries again",
                    failure.getClass().getName());
        }
    }

    /** Waits for the store for 3 s at most. */
    private static void finish(ScheduledExecutorService storing, StoredTrends stored) {
        storing.execute(() -> safely(stored::finish));
        storing.shutdown();
        try {
            boolean unused = storing.awaitTermination(LONGEST_FINISH, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}
