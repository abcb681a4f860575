package io.tokenguard.internal.keys;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads for tokens with unknown key IDs. Each such key ID needs a load that began after it was first seen; it starts at once,
 * or later as soon as the budget allows it. Thread-safe, without locks.
 */
final class DemandedLoads {
    private static final long NOTHING = -1;

    private final KeySupplies supplies;
    private final LoadBudget budget;
    private final LoadFailures failures;
    private final Supplier<@Nullable Load> underWay;
    private final Runnable load;
    private final LoadSchedule schedule;

    /** A load with a greater number is needed, for key IDs of a known form, and for others. */
    private final AtomicLong neededAfter = new AtomicLong(NOTHING);

    private final AtomicLong neededByOthersAfter = new AtomicLong(NOTHING);

    DemandedLoads(
            KeySupplies supplies,
            LoadBudget budget,
            LoadFailures failures,
            Supplier<@Nullable Load> underWay,
            Runnable load) {
        this.supplies = supplies;
        this.budget = budget;
        this.failures = failures;
        this.underWay = underWay;
        this.load = load;
        this.schedule = new LoadSchedule(supplies.timer(), supplies.clocks(), this::startOrPlan);
    }

    /** Starts a load after another one, as soon as the budget allows it. */
    void begin(boolean isOfKnownForm, long after) {
        (isOfKnownForm ? neededAfter : neededByOthersAfter).accumulateAndGet(after, Math::max);
        startOrPlan();
    }

    /** Starts a load if the budget allows it now; otherwise none. */
    void beginNow(boolean isOfKnownForm) {
        boolean unused = start(isOfKnownForm);
    }

    /** A load has ended. */
    void loadEnded(long lastGood) {
        settle(neededAfter, lastGood);
        settle(neededByOthersAfter, lastGood);
        startOrPlan();
    }

    private static void settle(AtomicLong after, long lastGood) {
        after.updateAndGet(needed -> lastGood > needed ? NOTHING : needed);
    }

    /** The schedule repeats failed loads. */
    private void startOrPlan() {
        boolean isOfKnownForm = neededAfter.get() != NOTHING;
        boolean isNeeded = isOfKnownForm || neededByOthersAfter.get() != NOTHING;
        if (isNeeded && underWay.get() == null && !start(isOfKnownForm) && failures.isEmpty()) {
            schedule.planWithin(budget.waitForDemanded(now(), demand(isOfKnownForm)));
        }
    }

    private boolean start(boolean isOfKnownForm) {
        Instant now = now();
        boolean isStarted =
                underWay.get() == null && failures.mayAsk(now) && budget.takeDemanded(now, demand(isOfKnownForm));
        if (isStarted) {
            load.run();
        }
        return isStarted;
    }

    private Demand demand(boolean isOfKnownForm) {
        if (!failures.isEmpty()) {
            return Demand.WHILE_FAILING;
        }
        return isOfKnownForm ? Demand.OF_KNOWN_FORM : Demand.OF_OTHER_FORM;
    }

    private Instant now() {
        return supplies.clocks().moment();
    }

    /** When the next one is planned, by {@link Clocks#moment}; empty if none ever was. */
    Optional<Instant> at() {
        return schedule.at();
    }

    void cancel() {
        schedule.cancel();
    }
}
