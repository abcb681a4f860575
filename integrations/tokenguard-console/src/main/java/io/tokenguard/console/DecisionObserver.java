package io.tokenguard.console;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.spi.GuardObserver;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Remembers refusals, counts names, and measures how long decisions take. Thread-safe; takes no lock.
 *
 * @param refusals remembers refusals
 * @param times counts times
 * @param names counts clients, subjects and networks
 * @param clock the time of day
 */
record DecisionObserver(RecentRefusals refusals, DecisionTimes times, NameCounts names, Clock clock)
        implements GuardObserver {
    @Override
    public void refused(Refusal refusal) {
        refusals.add(clock.instant(), "refused", refusal);
        names.refused(refusal);
    }

    @Override
    public void wouldRefuse(Refusal refusal) {
        refusals.add(clock.instant(), "would-refuse", refusal);
    }

    @Override
    public Optional<Consumer<Outcome>> deciding(IncomingRequest request) {
        long start = System.nanoTime();
        return Optional.of(outcome -> {
            times.add(System.nanoTime() - start);
            if (outcome.decision() instanceof Decision.Granted granted) {
                granted.accessToken().flatMap(AccessToken::clientId).ifPresent(names::granted);
            }
        });
    }
}
