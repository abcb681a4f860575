package io.tokenguard.console;

import io.tokenguard.access.GuardStats;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what a guard has counted, and adds the difference to rates and trends. For one thread. */
final class Sampler {
    private final Supplier<GuardStats> stats;
    private final DecisionTimes times;
    private final NameCounts names;
    private final Trends trends;
    private final Rates rates;
    private final Clock clock;
    private Rates.@Nullable Sample before;

    Sampler(Supplier<GuardStats> stats, DecisionObserver observer, Trends trends, Rates rates) {
        this.stats = stats;
        this.times = observer.times();
        this.names = observer.names();
        this.clock = observer.clock();
        this.trends = trends;
        this.rates = rates;
    }

    /**
     * Takes a sample.
     *
     * @param nanos the time, monotonic
     */
    void sample(long nanos) {
        Rates.Sample now = new Rates.Sample(nanos, Counts.of(stats.get()), times.snapshot());
        if (before != null) {
            Map<Series, Long> changes = since(before, now);
            changes.putAll(names.drain());
            trends.add(clock.instant(), changes);
        }
        rates.add(now);
        before = now;
    }

    private static Map<Series, Long> since(Rates.Sample before, Rates.Sample now) {
        Map<Series, Long> changes = new HashMap<>();
        now.counts()
                .forEach((series, count) ->
                        changes.put(series, Math.max(0, count - before.counts().getOrDefault(series, 0L))));
        for (int percent : new int[] {50, 99}) {
            changes.put(
                    Series.percentile(percent), (long) now.times().percentileSince(before.times(), percent / 100.0));
        }
        return changes;
    }
}
