package io.tokenguard.internal.status;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Keeps what is planned, and starts nothing by itself. */
final class PlannedLoads extends ScheduledThreadPoolExecutor {
    private final List<Plan> plans = new CopyOnWriteArrayList<>();

    PlannedLoads() {
        super(0);
    }

    /**
     * One planned load.
     *
     * @param work starts it
     * @param delay when it was to start
     * @param state whether it is still planned
     */
    record Plan(Runnable work, Duration delay, ScheduledFuture<?> state) {}

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        ScheduledFuture<?> state = super.schedule(() -> {}, 1, TimeUnit.DAYS);
        plans.add(new Plan(work, Duration.of(delay, unit.toChronoUnit()), state));
        return state;
    }

    List<Plan> all() {
        return plans;
    }

    Plan last() {
        return plans.get(plans.size() - 1);
    }

    long waiting() {
        return plans.stream().filter(plan -> !plan.state().isCancelled()).count();
    }
}
