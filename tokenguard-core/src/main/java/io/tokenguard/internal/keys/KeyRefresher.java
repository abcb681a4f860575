package io.tokenguard.internal.keys;

import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.KeyState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Loads the keys of one issuer, ahead of their end and again after a failure. At most one load is under way, none blocks
 * the thread that asks for it, and no lock is held over any. A failed load leaves the last generation in place.
 */
final class KeyRefresher {
    private static final int[] RETRY_SECONDS = {5, 10, 20, 40, 60};
    /** While no key was ever loaded; the last one goes on. */
    private static final int[] FIRST_RETRY_MILLIS = {200, 500, 1_000, 2_000, 4_000};

    /** How much patience an issuer without known keys can ask for. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(15);

    private final KeySupplies supplies;
    private final KeySetLoader loader;
    private final Clock clock;
    private final LoadBudget budget;
    private final LoadSchedule schedule;
    private final KeyAlarm alarm;
    private final AtomicReference<@Nullable CompletableFuture<Void>> underWay = new AtomicReference<>();
    private final AtomicReference<@Nullable Generation> serving = new AtomicReference<>();
    private volatile @Nullable Failure failure;
    private volatile Instant startedAt = Instant.EPOCH;
    private volatile Consumer<KeySet> observer = keys -> {};
    private volatile boolean closed;

    KeyRefresher(KeySupplies supplies, KeySetLoader loader) {
        this.supplies = supplies;
        this.loader = loader;
        this.clock = supplies.clock();
        this.budget =
                new LoadBudget(supplies.policy().mostLoads(), supplies.policy().cooldown());
        this.schedule = new LoadSchedule(supplies.timer(), clock, this::refreshAsPlanned);
        this.alarm = new KeyAlarm(supplies.issuer());
    }

    /**
     * The failures since the last good load.
     *
     * @param count how many
     * @param rule why the last one was none
     * @param patientUntil when the issuer lets itself be asked again
     */
    private record Failure(int count, String rule, Instant patientUntil) {}

    /**
     * The keys that serve now; null where none were loaded, or the last good load is longer ago than an outage may last.
     * Where their time is over, the load that should have come is started.
     */
    @Nullable
    KeySet current() {
        Generation last = serving.get();
        if (last == null) {
            return null;
        }
        long now = clock.millis();
        if (now >= last.freshUntil()) {
            refreshIfOverdue();
        }
        return now < last.servesUntil() ? last.keys() : null;
    }

    /** The keys of the last good load, be they too old to serve; null if there was none. */
    @Nullable
    KeySet known() {
        Generation last = serving.get();
        return last == null ? null : last.keys();
    }

    void whenLoaded(Consumer<KeySet> handler) {
        observer = handler;
        handOn(known());
    }

    /** An observer that fails must not end the loading. */
    private void handOn(@Nullable KeySet keys) {
        try {
            if (keys != null) {
                observer.accept(keys);
            }
        } catch (RuntimeException failure) {
            alarm.observerFailed(failure);
        }
    }

    /** Ends when the load that is under way ends, however it does; null where there is none. */
    @Nullable
    CompletableFuture<Void> underWay() {
        return underWay.get();
    }

    /** Whether the last load failed: what the keys do not have, the issuer may have published since. */
    boolean isFailing() {
        return failure != null;
    }

    /** Serves the keys of another source of the same issuer, until the first load; that may have ended by now. */
    void inherit(KeyRefresher other) {
        Generation theirs = other.serving.get();
        serving.updateAndGet(mine -> mine == null || isLater(theirs, mine) ? theirs : mine);
        handOn(known());
    }

    private static boolean isLater(@Nullable Generation one, Generation other) {
        return one != null && one.loadedAt().isAfter(other.loadedAt());
    }

    /** Serves saved keys that are not too old, and starts the first load: at once, unless a start spread is set. */
    void start() {
        supplies.snapshot().ifPresent(this::restore);
        long spread = supplies.policy().startSpread().toMillis();
        if (spread == 0) {
            refresh();
        } else {
            schedule.planIn(Duration.ofMillis((long) (spread * supplies.chance().getAsDouble())));
        }
    }

    private void restore(KeySnapshot snapshot) {
        try {
            snapshot.read()
                    .filter(saved -> !saved.at().isAfter(clock.instant()))
                    .ifPresent(saved -> serving.set(Generation.of(
                            saved.keys().keys(),
                            saved.at(),
                            Duration.ZERO,
                            supplies.policy().outageTtl())));
        } catch (IOException | FetchException | RuntimeException unreadable) {
            alarm.snapshotNotTaken(FetchException.of(unreadable));
        }
    }

    /** Starts the first load now, if it has not been yet. */
    void refreshAtFirst() {
        if (serving.get() == null && failure == null) {
            refresh();
        }
    }

    /** Starts the planned load now, if its time has come. */
    void refreshIfOverdue() {
        if (underWay.get() == null && schedule.isOverdue()) {
            refreshAsPlanned();
        }
    }

    /** Starts a load for a token with an unknown key, if budget and issuer allow one. */
    void refreshOnDemand() {
        Failure last = failure;
        Instant now = clock.instant();
        boolean mayAsk = last == null || !now.isBefore(last.patientUntil);
        if (mayAsk && underWay.get() == null && budget.takeOnDemand(now)) {
            refresh();
        }
    }

    /** Until the first good load of an issuer that the configuration names, its loads are not counted. */
    private boolean isHurrying() {
        return serving.get() == null && supplies.policy().waiting().hurries();
    }

    /** Starts the load whose time has come, or puts it off where there were too many. */
    private void refreshAsPlanned() {
        Duration wait = isHurrying() ? Duration.ZERO : budget.waitForScheduled(clock.instant());
        if (wait.isZero()) {
            refresh();
        } else {
            schedule.planIn(wait);
        }
    }

    /** Timer and requests only hand the work on: a disk, a name service or a log that blocks must not hold them. */
    private void refresh() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        if (closed || !underWay.compareAndSet(null, end)) {
            return;
        }
        startedAt = clock.instant();
        if (!isHurrying()) {
            budget.started(startedAt);
        }
        try {
            supplies.workers().execute(() -> load(end));
        } catch (RejectedExecutionException shutDown) {
            end(end);
        }
    }

    private void load(CompletableFuture<Void> end) {
        CompletableFuture<Void> unused = startLoad()
                .whenCompleteAsync(
                        (loaded, problem) -> {
                            try {
                                settle(loaded, problem);
                            } finally {
                                end(end);
                            }
                        },
                        supplies.workers())
                .thenAccept(settled -> {});
    }

    /** While no key was ever loaded, a broken connection is tried once more at once. */
    private CompletableFuture<LoadedKeys> startLoad() {
        CompletableFuture<LoadedKeys> load = startOnce();
        return !isHurrying()
                ? load
                : load.exceptionallyCompose(
                        problem -> FetchException.of(problem).isBroken() && !closed
                                ? startOnce()
                                : CompletableFuture.failedFuture(problem));
    }

    private CompletableFuture<LoadedKeys> startOnce() {
        try {
            return loader.load();
        } catch (RuntimeException | Error problem) {
            return CompletableFuture.failedFuture(problem);
        }
    }

    private void end(CompletableFuture<Void> load) {
        underWay.compareAndSet(load, null);
        load.complete(null);
    }

    private void settle(@Nullable LoadedKeys loaded, @Nullable Throwable problem) {
        if (closed) {
            return;
        }
        if (loaded == null) {
            fail(FetchException.of(problem));
        } else {
            succeed(loaded);
        }
    }

    /** What comes next is arranged before anything is logged or saved: neither may end the loading. */
    private void succeed(LoadedKeys loaded) {
        Instant now = clock.instant();
        KeyRefreshPolicy policy = supplies.policy();
        boolean hadFailed = failure != null;
        serving.set(Generation.of(loaded.keys(), now, policy.life(loaded.maxAge()), policy.outageTtl()));
        failure = null;
        supplies.forgetUnknown();
        schedule.planIn(supplies.jittered(policy.refreshAfter(loaded.maxAge())));
        handOn(loaded.keys());
        alarm.loadSucceeded(loaded.keys(), hadFailed);
        supplies.snapshot().ifPresent(snapshot -> save(snapshot, loaded, now));
    }

    private void save(KeySnapshot snapshot, LoadedKeys loaded, Instant now) {
        try {
            snapshot.save(loaded.document(), now);
        } catch (IOException | RuntimeException unwritable) {
            alarm.snapshotNotSaved(unwritable);
        }
    }

    private void fail(FetchException problem) {
        Instant now = clock.instant();
        Failure before = failure;
        int count = before == null ? 0 : before.count;
        boolean keysServe = serving.get() != null;
        Duration delay = keysServe ? patience(problem, count) : firstPatience(problem, count);
        failure = new Failure(
                count + 1, problem.getMessage(), now.plus(keysServe ? problem.retryAfter() : Duration.ZERO));
        if (keysServe && problem.retryAfter().isZero()) {
            schedule.planWithin(delay);
        } else {
            schedule.planIn(delay);
        }
        alarm.loadFailed(problem, current() != null, delay, now);
    }

    /**
     * Longer with each failure, and as long as the issuer asks for (RFC 9110 §10.2.3).
     */
    private Duration patience(FetchException problem, int failuresBefore) {
        int seconds = RETRY_SECONDS[Math.min(failuresBefore, RETRY_SECONDS.length - 1)];
        Duration backOff = supplies.jittered(Duration.ofSeconds(seconds));
        return problem.retryAfter().compareTo(backOff) > 0 ? problem.retryAfter() : backOff;
    }

    private Duration firstPatience(FetchException problem, int failuresBefore) {
        int millis = supplies.policy().waiting().hurries()
                ? FIRST_RETRY_MILLIS[Math.min(failuresBefore, FIRST_RETRY_MILLIS.length - 1)]
                : (int) FIRST_PATIENCE.toMillis();
        // From start to start: an issuer that hangs until the timeout is tried as often as one that is down.
        Duration took = Duration.between(startedAt, clock.instant());
        Duration left = supplies.jittered(Duration.ofMillis(millis)).minus(took);
        Duration shortest = Duration.ofMillis(FIRST_RETRY_MILLIS[0]);
        Duration backOff = left.compareTo(shortest) < 0 ? shortest : left;
        Duration asked = problem.retryAfter().compareTo(FIRST_PATIENCE) > 0 ? FIRST_PATIENCE : problem.retryAfter();
        return asked.compareTo(backOff) > 0 ? asked : backOff;
    }

    /** How long it is until the next load starts; zero if one is under way or due. */
    Duration untilNextLoad() {
        if (underWay.get() != null) {
            return Duration.ZERO;
        }
        return schedule.at()
                .map(at -> Duration.between(clock.instant(), at))
                .filter(wait -> !wait.isNegative())
                .orElse(Duration.ZERO);
    }

    KeyHealth health() {
        Generation last = serving.get();
        Failure problem = failure;
        KeyHealth.Builder health = KeyHealth.builder(supplies.issuer(), state(last, problem))
                .loadsLeft(budget.left(clock.instant()))
                .loading(underWay.get() != null);
        if (last != null) {
            health.loadedAt(last.loadedAt());
        }
        if (problem != null) {
            health.lastFailure(problem.rule());
        }
        schedule.at().ifPresent(health::nextAttempt);
        return health.build();
    }

    private KeyState state(@Nullable Generation last, @Nullable Failure problem) {
        if (last == null) {
            return problem == null ? KeyState.STARTING : KeyState.UNAVAILABLE;
        }
        if (clock.millis() >= last.servesUntil()) {
            return KeyState.UNAVAILABLE;
        }
        return problem == null ? KeyState.FRESH : KeyState.DEGRADED;
    }

    void close() {
        closed = true;
        schedule.cancel();
        CompletableFuture<Void> load = underWay.get();
        if (load != null) {
            end(load);
        }
    }
}
