package io.tokenguard.internal.assembly;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardStats;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.pipeline.Observers;
import io.tokenguard.internal.pipeline.RequirementSource;
import io.tokenguard.internal.revocation.RevocationSender;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.SharedState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The successive configurations of a guard, and the state that outlives them. Each configuration is built completely, with
 * all that can fail, before one step that can't fail puts it into effect. Thread-safe.
 */
public final class GuardLifecycle implements AutoCloseable {
    private static final String FILTER = "TokenGuardFilter";

    private final GuardState state;
    private final ExpectedAdapters adapters = ExpectedAdapters.timed();
    private final ReentrantLock replacing = new ReentrantLock();
    private final LongSupplier nanoTime;
    private final WatchedStreams streams;
    private volatile AssembledGuard current;
    private volatile AsyncDecisions async;

    /**
     * Starts a guard.
     *
     * @throws ConfigurationException if a setting is wrong
     */
    public GuardLifecycle(GuardSettings settings, Environment environment) {
        this.state = new GuardState(environment.nanoTime());
        this.async = AsyncDecisions.on(environment.waiting());
        this.nanoTime = environment.nanoTime();
        AssembledGuard first = PipelineAssembly.assemble(settings, environment, state);
        first.parts().takeEffect(state, Optional.empty(), environment.clock().instant());
        current = first;
        streams = new WatchedStreams(() -> current, nanoTime);
        state.revokeBy(this::receive);
        try {
            first.parts().follow(Optional.empty());
        } catch (RuntimeException | Error wrong) {
            first.parts().close();
            throw wrong;
        }
        StateWatch.start(first, this::health);
        ListReload.start(first);
        LifecycleEvents.inEffect("started", first);
    }

    /** The guard of the configuration in effect. */
    public AssembledGuard current() {
        return current;
    }

    /**
     * Replaces the configuration. Each request is decided by the old or by the new one.
     *
     * @throws ConfigurationException if a setting is wrong; the old configuration stays
     */
    public void replace(GuardSettings settings, Environment environment) {
        replacing.lock();
        try {
            AssembledGuard replaced = current;
            AssembledGuard fresh = prepared(settings, environment, replaced.parts());
            fresh.parts()
                    .takeEffect(
                            state,
                            Optional.of(replaced.parts()),
                            environment.clock().instant());
            current = fresh;
            // The threads of the replaced one end by themselves; a request may still be about to use it.
            async = AsyncDecisions.on(environment.waiting());
            fresh.parts().replace(replaced.parts());
            StateWatch.start(fresh, this::health);
            ListReload.start(fresh);
            streams.follow();
            LifecycleEvents.inEffect("reconfigured", fresh);
        } finally {
            replacing.unlock();
        }
    }

    /** Decides without blocking the caller, by the guard's own routes. */
    public CompletionStage<Decision> decideAsync(IncomingRequest request) {
        AssembledGuard used = current;
        return async.decide(used, request, used.routes());
    }

    /** Decides without blocking the caller, by another source of requirements. */
    public CompletionStage<Decision> decideAsync(IncomingRequest request, RequirementSource rules) {
        return async.decide(current, request, rules);
    }

    /** Watches a stream; returns what ends the watch. */
    public Runnable watch(AccessToken token, Consumer<RefusalReason> onEnd) throws RefusedException {
        return streams.watch(WatchedStream.of(token, onEnd));
    }

    /** Watches a stream whose token has not come yet; returns what ends the watch. */
    public Runnable expectToken(Duration longest, Runnable onEnd) throws RefusedException {
        return streams.watch(WatchedStream.awaiting(nanoTime.getAsLong() + longest.toNanos(), unused -> onEnd.run()));
    }

    /** Does all that can fail, before anything takes effect. */
    private AssembledGuard prepared(GuardSettings settings, Environment environment, MovingParts replaced) {
        AssembledGuard fresh = PipelineAssembly.assemble(settings, environment, state);
        try {
            fresh.parts().inherit(replaced);
            fresh.parts().follow(Optional.of(replaced));
            return fresh;
        } catch (RuntimeException | Error wrong) {
            fresh.parts().closeExcept(replaced);
            throw wrong;
        }
    }

    /**
     * Revokes; returns whether the revocation is stored.
     *
     * @throws IllegalArgumentException if it is about an issuer that is not trusted
     */
    public boolean revoke(Revocation revocation) {
        RevocableIssuers.of(current).require(revocation);
        boolean isKept = receive(revocation, RevocationSender.NONE);
        LifecycleEvents.revoked(revocation, isKept);
        return isKept;
    }

    /** Revokes again if another configuration took effect meanwhile: its shared state may not have the revocation. */
    @SuppressWarnings("ReferenceEquality") // identity, not equality
    private boolean receive(Revocation revocation, RevocationSender sender) {
        AssembledGuard used = current;
        boolean isKept = used.parts().revocation().revoke(revocation, sender);
        while (used != current) {
            used = current;
            isKept = used.parts().revocation().revoke(revocation, sender);
        }
        observed(used, revocation, isKept);
        return isKept;
    }

    /** Observers get no names, as nobody else does. */
    private void observed(AssembledGuard used, Revocation made, boolean isKept) {
        Revocation revocation = made.origin().issuer().map(made::named).orElse(made);
        state.counters().revoked(revocation, isKept);
        used.pipeline().reporter().notifier().events().tell(observer -> observer.revoked(revocation, isKept));
    }

    /**
     * Adds an observer to the current configuration and to later ones.
     *
     * @return removes it
     */
    public Runnable observe(GuardObserver observer) {
        replacing.lock();
        try {
            boolean isWatched = observers().watchState();
            state.attached().add(observer);
            observers().add(observer);
            if (!isWatched) {
                StateWatch.start(current, this::health);
            }
        } finally {
            replacing.unlock();
        }
        return () -> forget(observer);
    }

    private void forget(GuardObserver observer) {
        replacing.lock();
        try {
            state.attached().remove(observer);
            observers().remove(observer);
        } finally {
            replacing.unlock();
        }
    }

    private Observers observers() {
        return current.pipeline().reporter().notifier().observers();
    }

    /** Writes an audit event about an act of an administrator. */
    public void recordAct(String act, AccessToken actor, Map<String, String> details) {
        LifecycleEvents.acted(
                act,
                actor,
                details,
                current.pipeline().reporter().notifier().terms().subjects());
    }

    /** What was counted so far. */
    public GuardStats stats() {
        return current.stats(state);
    }

    /** Where counts over time are stored, by the configuration in effect. */
    public Optional<SharedState.RollUpStore> rollUps() {
        return state.rollUps();
    }

    /** The current state of keys, introspection, revocations and adapters. */
    public GuardHealth health() {
        AssembledGuard used = current;
        return used.health(
                adapters.health(used.settings().operation().application().requiresAdapters()));
    }

    /**
     * Announces an adapter.
     *
     * @return to be run when a runtime starts the adapter
     */
    public Runnable expectAdapter(String adapter, String remedy) {
        if (adapter.equals(FILTER) && current.settings().api().access().routes().isEmpty()) {
            StartReport.writeWithoutRoutes(adapter);
        }
        return adapters.expect(adapter, remedy);
    }

    @Override
    public void close() {
        adapters.close();
        async.close();
        streams.close();
        current.parts().close();
        LifecycleEvents.closed();
    }
}
