package io.tokenguard.internal.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts loads, so that nothing makes them too many: neither a failing issuer nor strangers. Of the loads that a minute
 * may have, strangers can never have the last. Thread-safe; its lock is held for a few instructions.
 */
public final class LoadBudget {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int mostLoads;
    private final Duration cooldown;
    private final Deque<Instant> starts = new ArrayDeque<>();
    private Instant lastOnDemand = Instant.MIN;

    /**
     * A budget.
     *
     * @param mostLoads how many loads a minute may have
     * @param cooldown the shortest time between two that strangers cause
     */
    public LoadBudget(int mostLoads, Duration cooldown) {
        this.mostLoads = mostLoads;
        this.cooldown = cooldown;
    }

    /** Whether a token with an unknown key may cause a load now; if so, it has. */
    synchronized boolean takeOnDemand(Instant now) {
        boolean isDue = lastOnDemand.equals(Instant.MIN) || !now.isBefore(lastOnDemand.plus(cooldown));
        // With one load in a minute there is none to spare, and the cooldown alone holds strangers back.
        if (!isDue || used(now) >= Math.max(1, mostLoads - 1)) {
            return false;
        }
        lastOnDemand = now;
        return true;
    }

    /** How long the next scheduled load has to wait; zero where it may start. */
    public synchronized Duration waitForScheduled(Instant now) {
        if (used(now) < mostLoads) {
            return Duration.ZERO;
        }
        return Duration.between(now, starts.getFirst().plus(WINDOW));
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
}
