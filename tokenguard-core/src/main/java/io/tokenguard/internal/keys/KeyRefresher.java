package io.tokenguard.internal.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the keys of one issuer, ahead of their end and again after a failure. At most one load is under way, none blocks
 * a thread, and no lock is held.
 */
final class KeyRefresher {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRefresher.class);
    private static final int[] RETRY_SECONDS = {5, 10, 20, 40, 60};
    private static final Duration RETRY_WITHOUT_KEYS = Duration.ofSeconds(15);

    private final String issuer;
    private final KeySetLoader loader;
    private final KeyRefreshPolicy policy;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final AtomicReference<@Nullable CompletableFuture<Void>> underWay = new AtomicReference<>();
    private final AtomicReference<@Nullable Future<?>> next = new AtomicReference<>();
    private volatile @Nullable Loaded loaded;
    private volatile int failures;

    KeyRefresher(
            String issuer, KeySetLoader loader, KeyRefreshPolicy policy, Clock clock, ScheduledExecutorService timer) {
        this.issuer = issuer;
        this.loader = loader;
        this.policy = policy;
        this.clock = clock;
        this.timer = timer;
    }

    private record Loaded(KeySet keys, Instant at) {}

    /** The keys that serve now; null where none were loaded, or the last good load is longer ago than an outage may last. */
    @Nullable
    KeySet current() {
        Loaded last = loaded;
        return last != null && clock.instant().isBefore(last.at.plus(policy.outageTtl())) ? last.keys : null;
    }

    /** Ends when the load that is under way ends, however it does; null where there is none. */
    @Nullable
    CompletableFuture<Void> underWay() {
        return underWay.get();
    }

    /** Starts a load unless one is under way, or the guard is closed. */
    void refresh() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        if (!timer.isShutdown() && underWay.compareAndSet(null, end)) {
            CompletableFuture<KeySet> unused = startLoad().whenComplete((keys, failure) -> {
                try {
                    settle(keys, failure);
                } finally {
                    underWay.set(null);
                    end.complete(null);
                }
            });
        }
    }

    private CompletableFuture<KeySet> startLoad() {
        try {
            return loader.load();
        } catch (RuntimeException | Error failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void settle(@Nullable KeySet keys, @Nullable Throwable failure) {
        if (keys != null) {
            succeed(keys);
        } else if (!timer.isShutdown()) {
            fail(failure);
        }
    }

    /** What comes next is arranged before anything is logged: a log that fails must not end the loading. */
    private void succeed(KeySet keys) {
        loaded = new Loaded(keys, clock.instant());
        failures = 0;
        schedule(policy.refreshAfter());
        keys.refused().forEach(key -> LOG.warn("A key of issuer {} was refused: {}", issuer, key.flaw()));
    }

    private void fail(@Nullable Throwable failure) {
        Duration delay = loaded == null
                ? RETRY_WITHOUT_KEYS
                : Duration.ofSeconds(RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length - 1)]);
        failures = Math.min(failures + 1, RETRY_SECONDS.length);
        schedule(delay);
        LOG.warn(
                "The keys of issuer {} could not be loaded: {}; {}; next attempt in {} s",
                issuer,
                describe(failure),
                current() == null ? "tokens are answered with 503" : "the keys of the last good load go on to serve",
                delay.toSeconds());
    }

    /** Our own failures explain themselves; of others only the kind is told, for their text may come from outside. */
    private static String describe(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof FetchException known) {
            return String.valueOf(known.getMessage());
        }
        return cause == null ? "no answer" : cause.getClass().getSimpleName();
    }

    private void schedule(Duration delay) {
        try {
            Future<?> replaced = next.getAndSet(timer.schedule(this::refresh, delay.toMillis(), TimeUnit.MILLISECONDS));
            if (replaced != null) {
                replaced.cancel(false);
            }
        } catch (RejectedExecutionException closed) {
            LOG.debug("The guard is closed; the keys of issuer {} are loaded no more", issuer);
        }
    }
}
