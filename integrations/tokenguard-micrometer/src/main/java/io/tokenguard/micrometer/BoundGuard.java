package io.tokenguard.micrometer;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardStats;
import java.util.concurrent.TimeUnit;

/** A guard whose numbers are bound to a registry, read at most once a second. Thread-safe. */
final class BoundGuard {
    private static final long FRESH_FOR = TimeUnit.SECONDS.toNanos(1);

    private final TokenGuard guard;
    private final Meters meters;
    private volatile Snapshot last;

    /**
     * What was read at once.
     *
     * @param readAt when, by the registry's clock
     */
    private record Snapshot(GuardStats stats, GuardHealth health, long readAt) {}

    BoundGuard(TokenGuard guard, Meters meters) {
        this.guard = guard;
        this.meters = meters;
        this.last = read();
    }

    private Snapshot read() {
        return new Snapshot(guard.stats(), guard.health(), meters.now());
    }

    /** Registers all meters. */
    void bind() {
        new StateMeters(meters, this).bind();
        register(last);
    }

    /** Registers the meters of what the configuration names, which may have changed. */
    private void register(Snapshot snapshot) {
        new DecisionMeters(meters, this).bind(snapshot.stats().decisions());
        new OperationMeters(meters, this).bind(snapshot.stats());
        new IssuerMeters(meters, this).bind(snapshot.health());
    }

    private Snapshot current() {
        Snapshot known = last;
        if (meters.now() - known.readAt() < FRESH_FOR) {
            return known;
        }
        Snapshot fresh = read();
        last = fresh;
        register(fresh);
        return fresh;
    }

    GuardStats stats() {
        return current().stats();
    }

    GuardHealth health() {
        return current().health();
    }
}
