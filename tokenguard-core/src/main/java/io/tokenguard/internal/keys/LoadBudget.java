package io.tokenguard.internal.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Limits the loads of one issuer. Thread-safe; its lock is held for a few instructions. All moments are of {@link Clocks#moment}.
 *
 * <p>Tokens with unknown key IDs require loads: key IDs of a known form one in each cooldown, and all others half of the
 * loads that a minute may have, evenly spaced. So tokens of other forms can't delay the load that brings a new key. While
 * loads fail, no form is preferred, and the last load of a minute is left to the schedule.
 */
public final class LoadBudget {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int mostLoads;
    private final Duration cooldown;
    private final Duration strangersCooldown;
    private final Deque<Instant> starts = new ArrayDeque<>();
    private @Nullable Instant lastDemanded;

    /**
     * A budget.
     *
     * @param mostLoads how many loads a minute may have, not counting those for key IDs of a known form
     * @param cooldown the shortest time between two loads that tokens require
     */
    public LoadBudget(int mostLoads, Duration cooldown) {
        this.mostLoads = mostLoads;
        this.cooldown = cooldown;
        this.strangersCooldown = longer(cooldown, WINDOW.dividedBy(Math.max(1, mostLoads / 2)));
    }

    /** How long a load that a token requires has to wait; zero if it may start. */
    synchronized Duration waitForDemanded(Instant now, Demand demand) {
        boolean isPreferred = demand == Demand.OF_KNOWN_FORM;
        Duration gap = isPreferred || demand == Demand.WHILE_FAILING ? cooldown : strangersCooldown;
        Duration wait = lastDemanded == null ? Duration.ZERO : until(now, lastDemanded.plus(gap));
        if (isPreferred || used(now) < Math.max(1, mostLoads - 1)) {
            return wait;
        }
        return longer(wait, until(now, starts.getFirst().plus(WINDOW)));
    }

    /** Takes a load that a token requires; returns whether it may start. */
    synchronized boolean takeDemanded(Instant now, Demand demand) {
        if (!waitForDemanded(now, demand).isZero()) {
            return false;
        }
        lastDemanded = now;
        return true;
    }

    /** How long the next scheduled load has to wait; zero if it may start. */
    public synchronized Duration waitForScheduled(Instant now) {
        return used(now) < mostLoads
                ? Duration.ZERO
                : until(now, starts.getFirst().plus(WINDOW));
    }

    /** Counts a load. */
    public synchronized void started(Instant now) {
        starts.addLast(now);
    }

    synchronized int left(Instant now) {
        return Math.max(0, mostLoads - used(now));
    }

    private int used(Instant now) {
        while (!starts.isEmpty() && !now.isBefore(starts.getFirst().plus(WINDOW))) {
            starts.removeFirst();
        }
        return starts.size();
    }

    private static Duration until(Instant now, Instant then) {
        return now.isBefore(then) ? Duration.between(now, then) : Duration.ZERO;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
