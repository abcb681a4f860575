package io.tokenguard.internal.keys;

import io.tokenguard.access.GuardHealth.KeyHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads the keys of one issuer: before they become stale, after a failure, and for tokens with unknown key IDs. At most one
 * load runs at a time. No caller's thread loads, and no lock is held during a load. A failed load keeps the last generation.
 */
final class KeyRefresher {
    private final KeySupplies supplies;
    private final KeySetLoader loader;
    private final ServedKeys served;
    private final LoadFailures failures;
    private final LoadBudget budget;
    private final LoadSchedule schedule;
    private final DemandedLoads demanded;
    private final KeyAlarm alarm;
    private final SavedKeys saved;
    private final UnknownKeys unknown = new UnknownKeys();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicReference<@Nullable Load> underWay = new AtomicReference<>();
    private final KeyObserver observer;
    private volatile boolean closed;

    KeyRefresher(KeySupplies supplies, KeySetLoader loader) {
        this.supplies = supplies;
        this.loader = loader;
        this.served = new ServedKeys(supplies);
        this.failures = new LoadFailures(supplies);
        this.budget =
                new LoadBudget(supplies.policy().mostLoads(), supplies.policy().cooldown());
        this.schedule = new LoadSchedule(supplies.timer(), supplies.clocks(), this::refreshAsPlanned);
        this.demanded = new DemandedLoads(supplies, budget, failures, this::underWay, this::refresh);
        this.alarm = supplies.alarm();
        this.observer = new KeyObserver(alarm);
        this.saved = new SavedKeys(supplies);
    }

    private Instant now() {
        return supplies.clocks().moment();
    }

    /** The keys in use; null if there are none. Starts the load that is overdue, if they are stale. */
    @Nullable
    KeySet current() {
        if (served.areStale()) {
            refreshIfOverdue();
        }
        return served.current();
    }

    ServedKeys served() {
        return served;
    }

    void whenLoaded(Consumer<KeySet> handler) {
        observer.use(handler, served.known());
    }

    /** The running load; null if there is none. */
    @Nullable
    Load underWay() {
        return underWay.get();
    }

    /** What has become of the first load. */
    RemoteKeySource.FirstLoad firstLoad() {
        if (served.last() != null) {
            return RemoteKeySource.FirstLoad.GOOD;
        }
        return failures.areNotThere() ? RemoteKeySource.FirstLoad.NOT_THERE : RemoteKeySource.FirstLoad.OPEN;
    }

    /** The number of loads that had begun when an unknown key ID was first seen. */
    long firstSeen(String keyId, boolean isOfKnownForm) {
        return unknown.firstSeen(keyId, isOfKnownForm, begun::get);
    }

    DemandedLoads demanded() {
        return demanded;
    }

    /** Uses the keys of another source of the same issuer until the first load, which may have ended by now. */
    void inherit(KeyRefresher other) {
        observer.handOn(other.served.known());
        served.inherit(other.served);
        observer.handOn(served.known());
    }

    /** Uses saved keys that are not too old, and starts the first load: at once, unless a start spread is set. */
    void start() {
        saved.restore(served);
        long spread = supplies.policy().startSpread().toMillis();
        if (spread == 0) {
            refresh();
        } else {
            schedule.planIn(Duration.ofMillis((long) (spread * supplies.chance().getAsDouble())));
        }
    }

    /** Starts the first load now, if it has not started. */
    void refreshAtFirst() {
        if (served.last() == null && failures.isEmpty()) {
            refresh();
        }
    }

    /** Starts the planned load now, if it is overdue. */
    void refreshIfOverdue() {
        if (underWay.get() == null && schedule.isOverdue()) {
            refreshAsPlanned();
        }
    }

    /** Before the first successful load of a configured issuer, loads are not counted. */
    private boolean isHurrying() {
        return served.last() == null && supplies.policy().waiting().hurries();
    }

    /** Starts the planned load, or delays it if there were too many. */
    private void refreshAsPlanned() {
        Duration wait = isHurrying() ? Duration.ZERO : budget.waitForScheduled(now());
        if (wait.isZero()) {
            refresh();
        } else {
            schedule.planIn(wait);
        }
    }

    /** Starts a load for an operator, within the limit of loads; returns whether one runs now. */
    boolean refreshOnDemand() {
        if (underWay.get() == null
                && (isHurrying() || budget.waitForScheduled(now()).isZero())) {
            refresh();
        }
        return underWay.get() != null;
    }

    /** Timer and requests only hand the work on: a disk, a name service or a log that blocks must not hold them. */
    void refresh() {
        if (closed || underWay.get() != null) {
            return;
        }
        Load load = new Load(begun.incrementAndGet(), now(), new CompletableFuture<>());
        if (!underWay.compareAndSet(null, load)) {
            return;
        }
        if (!isHurrying()) {
            budget.started(load.begunAt());
        }
        try {
            supplies.workers().execute(() -> run(load));
        } catch (RejectedExecutionException shutDown) {
            end(load);
        }
    }

    private void run(Load load) {
        LoadListener.End end = alarm.loadBegun();
        CompletableFuture<Void> unused = startLoad()
                .whenCompleteAsync((loaded, problem) -> finish(load, loaded, problem, end), supplies.workers())
                .thenAccept(settled -> {});
    }

    /** Another task saves the keys, as a disk may block. It is handed over before the load ends, so that saves stay in order. */
    private void finish(
            Load load, @Nullable LoadedKeys loaded, @Nullable Throwable problem, LoadListener.End listener) {
        try {
            if (!closed) {
                settle(load, loaded, problem);
                saved.save(loaded);
            }
        } finally {
            end(load);
        }
        if (!closed) {
            listener.ended(loaded != null, health());
        }
    }

    private void settle(Load load, @Nullable LoadedKeys loaded, @Nullable Throwable problem) {
        if (loaded == null) {
            fail(load, FetchException.of(problem));
        } else {
            succeed(load, loaded);
        }
    }

    /** While no key was ever loaded, a broken connection is retried once at once. */
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

    /** Requests that wait for the load continue when it is no longer under way, and never wait for it again. */
    private void end(Load load) {
        try {
            if (underWay.compareAndSet(load, null) && !closed) {
                demanded.loadEnded(served.load());
            }
        } finally {
            load.end().complete(null);
        }
    }

    /** Plans the next load before anything is logged, as a failing log must not end the loading. */
    private void succeed(Load load, LoadedKeys loaded) {
        boolean hadFailed = !failures.isEmpty();
        Generation before = served.last();
        if (before != null) {
            before.keys().keyIdsWithout(loaded.keys()).forEach(gone -> unknown.withdrawn(gone, before.load()));
        }
        // No request may meet a key before the bans that concern it are derived. Bans made meanwhile are derived below.
        observer.announce(loaded.keys());
        served.take(loaded, load);
        failures.clear();
        schedule.planIn(supplies.jittered(supplies.policy().refreshAfter(loaded.maxAge())));
        observer.handOn(loaded.keys());
        alarm.loadSucceeded(loaded.keys(), hadFailed);
    }

    private void fail(Load load, FetchException problem) {
        Instant now = now();
        boolean isFirst = served.last() == null;
        Duration delay = isFirst
                ? failures.addFirst(problem, now, Duration.between(load.begunAt(), now))
                : failures.add(problem, now);
        if (!isFirst && problem.retryAfter().isZero()) {
            schedule.planWithin(delay);
        } else {
            schedule.planIn(delay);
        }
        alarm.loadFailed(problem, served.current() != null, delay, now);
    }

    /** How long until the next load starts; zero if one runs or is overdue. */
    Duration untilNextLoad() {
        Instant now = now();
        if (underWay.get() != null) {
            return Duration.ZERO;
        }
        return Stream.concat(schedule.at().stream(), demanded.at().stream().filter(now::isBefore))
                .map(at -> Duration.between(now, at))
                .min(Duration::compareTo)
                .filter(wait -> !wait.isNegative())
                .orElse(Duration.ZERO);
    }

    /** Why the last load failed; empty if it succeeded. */
    Optional<FetchException> lastFailure() {
        return failures.problem();
    }

    KeyHealth health() {
        var accepted = alarm.accepted();
        Generation last = served.last();
        KeyHealth.Builder health = KeyHealth.builder(supplies.issuer(), served.state(failures.isEmpty()))
                .loadsLeft(budget.left(now()))
                .loading(underWay.get() != null);
        Optional.ofNullable(last)
                .ifPresent(now -> health.loadedAt(now.loadedAt())
                        .keysInUse(now.keys().keyIds(accepted))
                        .keysLeftOut(now.keys().leftOut(accepted))
                        .keysByAlgorithm(now.keys().counts(accepted)));
        lastFailure().map(FetchException::getMessage).ifPresent(health::lastFailure);
        schedule.at().map(supplies.clocks()::onWall).ifPresent(health::nextAttempt);
        return health.build();
    }

    void close() {
        closed = true;
        schedule.cancel();
        demanded.cancel();
        Optional.ofNullable(underWay.get()).ifPresent(this::end);
    }
}
