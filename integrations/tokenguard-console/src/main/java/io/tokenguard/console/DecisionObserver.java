package io.tokenguard.console;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.spi.GuardObserver;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Remembers refusals, and measures how long decisions take. Thread-safe; takes no lock.
 *
 * @param refusals remembers refusals
 * @param times counts times
 * @param clock the time of day
 */
record DecisionObserver(RecentRefusals refusals, DecisionTimes times, Clock clock) implements GuardObserver {
    @Override
    public void refused(Refusal refusal) {
        refusals.add(clock.instant(), "refused", refusal);
    }

    @Override
    public void wouldRefuse(Refusal refusal) {
        refusals.add(clock.instant(), "would-refuse", refusal);
    }

    @Override
    public Optional<Consumer<Outcome>> deciding(IncomingRequest request) {
        long start = System.nanoTime();
        return Optional.of(unused -> times.add(System.nanoTime() - start));
    }
}
