package io.tokenguard.internal.assembly;

import io.tokenguard.internal.keys.DocumentFetcher;
import io.tokenguard.internal.keys.HostPolicy;
import io.tokenguard.internal.keys.SteadyClock;
import java.net.InetAddress;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Clocks, threads, name resolution and random numbers of a guard. Immutable.
 *
 * @param clock the time of day, for times in tokens, proofs and header fields
 * @param steady for intervals and schedules; never goes back
 * @param nanoTime monotonic nanoseconds, for durations only
 * @param names resolves host names
 * @param chance random numbers from 0 to below 1
 * @param timers makes the timer that starts loads
 */
public record Environment(
        Clock clock,
        Clock steady,
        LongSupplier nanoTime,
        HostPolicy.NameLookup names,
        DoubleSupplier chance,
        Supplier<ScheduledExecutorService> timers) {
    private static final LongSupplier OF_SYSTEM = System::nanoTime;

    /** The system's. */
    public static final Environment SYSTEM = new Environment(
            Clock.systemUTC(),
            SteadyClock.beside(Clock.systemUTC()),
            OF_SYSTEM,
            InetAddress::getAllByName,
            () -> ThreadLocalRandom.current().nextDouble(),
            () -> Executors.newSingleThreadScheduledExecutor(TimerThread::of));

    /** Nanoseconds that never go back, and follow the forward steps of an application's own clock. */
    LongSupplier elapsed() {
        return nanoTime == OF_SYSTEM ? () -> TimeUnit.MILLISECONDS.toNanos(steady.millis()) : nanoTime;
    }

    /** The same with another clock. */
    public Environment withClock(Clock time) {
        return new Environment(time, SteadyClock.beside(time), nanoTime, names, chance, timers);
    }

    /** The same with another steady clock. */
    public Environment withSteady(Clock time) {
        return new Environment(clock, time, nanoTime, names, chance, timers);
    }

    /** The same with another source of durations. */
    public Environment withNanoTime(LongSupplier time) {
        return new Environment(clock, steady, time, names, chance, timers);
    }

    /** The same with another name resolution. */
    public Environment withNames(HostPolicy.NameLookup lookup) {
        return new Environment(clock, steady, nanoTime, lookup, chance, timers);
    }

    /** The same with other random numbers. */
    public Environment withChance(DoubleSupplier numbers) {
        return new Environment(clock, steady, nanoTime, names, numbers, timers);
    }

    /** The same with another timer. */
    public Environment withTimer(ScheduledExecutorService started) {
        return new Environment(clock, steady, nanoTime, names, chance, () -> started);
    }

    Workers workers() {
        ScheduledExecutorService timer = timers.get();
        return new Workers(timer, new DocumentFetcher(timer, clock));
    }
}
