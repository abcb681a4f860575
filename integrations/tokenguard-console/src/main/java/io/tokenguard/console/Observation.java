package io.tokenguard.console;

import io.tokenguard.TokenGuard;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is observed of a guard while the console is served: refusals as they happen, counts once a second by a thread of its own.
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

    static Observation start(TokenGuard guard, Clock clock) {
        RecentRefusals refusals = new RecentRefusals();
        DecisionTimes times = new DecisionTimes();
        Rates rates = new Rates();
        Trends trends = new Trends();
        Sampler sampler = new Sampler(guard::stats, times, trends, rates, clock);
        sampler.sample(System.nanoTime());
        Runnable forget = guard.observe(new DecisionObserver(refusals, times, clock));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Observation::thread);
        Future<?> unused = timer.scheduleAtFixedRate(() -> sample(sampler), 1, 1, TimeUnit.SECONDS);
        return new Observation(clock, clock.instant(), refusals, rates, trends, () -> {
            forget.run();
            timer.shutdownNow();
        });
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tokenguard-console");
        thread.setDaemon(true);
        return thread;
    }

    /** A timer runs nothing any more after an exception. */
    private static void sample(Sampler sampler) {
        try {
            sampler.sample(System.nanoTime());
        } catch (RuntimeException failure) {
            LOG.warn(
                    "The console could not read what the guard has counted ({})",
                    failure.getClass().getName());
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}
