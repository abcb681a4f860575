package io.tokenguard;

import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.keys.DocumentFetcher;
import io.tokenguard.internal.keys.HostPolicy;
import java.net.InetAddress;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What a guard finds around it: the time, threads, hosts and chance. Not thread-safe. */
final class Environment {
    private Clock clock = Clock.systemUTC();
    private LongSupplier nanoTime = System::nanoTime;
    private HostPolicy.NameLookup names = InetAddress::getAllByName;
    private DoubleSupplier chance = () -> ThreadLocalRandom.current().nextDouble();
    private Supplier<ScheduledExecutorService> timers =
            () -> Executors.newSingleThreadScheduledExecutor(TimerThread::of);

    void setClock(Clock time) {
        clock = time;
    }

    void setNanoTime(LongSupplier time) {
        nanoTime = time;
    }

    void setNames(HostPolicy.NameLookup lookup) {
        names = lookup;
    }

    void setChance(DoubleSupplier numbers) {
        chance = numbers;
    }

    void setTimer(ScheduledExecutorService started) {
        timers = () -> started;
    }

    Clock clock() {
        return clock;
    }

    /** The time from a source that never jumps, in nanoseconds from an arbitrary moment: for durations only. */
    LongSupplier nanoTime() {
        return nanoTime;
    }

    Workers workers() {
        ScheduledExecutorService timer = timers.get();
        return new Workers(timer, new DocumentFetcher(timer, clock));
    }

    KeySources keySources(AddressPolicy addresses, Workers workers) {
        return new KeySources(
                new HostPolicy(addresses, names),
                clock,
                workers.timer(),
                workers.fetcher(),
                chance,
                (issuer, keys) -> {});
    }
}
