package io.tokenguard.internal.assembly;

import io.tokenguard.internal.keys.Clocks;
import io.tokenguard.internal.keys.HostPolicy;
import io.tokenguard.internal.keys.MonotonicTime;
import io.tokenguard.internal.keys.Network;
import io.tokenguard.internal.keys.ProcessProxies;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Clocks, threads, name resolution and random numbers of a guard. Immutable.
 *
 * @param clock the time of day, for what tokens, proofs and header fields say
 * @param nanoTime nanoseconds for durations; never goes back, see {@link MonotonicTime}
 * @param names resolves host names
 * @param chance random numbers from 0 to below 1
 * @param timers makes the timer that starts loads
 * @param waiting runs decisions that wait; empty for threads of the guard
 */
public record Environment(
        Clock clock,
        LongSupplier nanoTime,
        HostPolicy.NameLookup names,
        DoubleSupplier chance,
        Supplier<ScheduledExecutorService> timers,
        Optional<Executor> waiting) {
    /** The system's. */
    public static final Environment SYSTEM = new Environment(
            Clock.systemUTC(),
            MonotonicTime.beside(Clock.systemUTC()),
            InetAddress::getAllByName,
            () -> ThreadLocalRandom.current().nextDouble(),
            () -> Executors.newSingleThreadScheduledExecutor(TimerThread::of),
            Optional.empty());

    /** The same with another clock, and durations by the steps forward of that one. */
    public Environment withClock(Clock time) {
        return new Environment(time, MonotonicTime.beside(time), names, chance, timers, waiting);
    }

    /** The same with another source of durations. */
    public Environment withNanoTime(LongSupplier time) {
        return new Environment(clock, time, names, chance, timers, waiting);
    }

    /** The same with another name resolution. */
    public Environment withNames(HostPolicy.NameLookup lookup) {
        return new Environment(clock, nanoTime, lookup, chance, timers, waiting);
    }

    /** The same with other random numbers. */
    public Environment withChance(DoubleSupplier numbers) {
        return new Environment(clock, nanoTime, names, numbers, timers, waiting);
    }

    /** The same with another timer. */
    public Environment withTimer(ScheduledExecutorService started) {
        return new Environment(clock, nanoTime, names, chance, () -> started, waiting);
    }

    /** The same with an executor of the application for decisions that wait. */
    public Environment withWaiting(Executor executor) {
        return new Environment(clock, nanoTime, names, chance, timers, Optional.of(executor));
    }

    Clocks clocks() {
        return new Clocks(clock, nanoTime);
    }

    Workers workers() {
        ScheduledExecutorService timer = timers.get();
        return new Workers(timer, new Connections(new Network(timer, clock, new ProcessProxies(System.getenv()))));
    }
}
