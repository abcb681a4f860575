package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.revocation.RevocationSender;
import io.tokenguard.internal.settings.GuardSettings;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The life of a guard: its configurations, one after the other, and what outlives them. Each configuration is built
 * completely, with all that can fail, before it takes effect in one step that can't. Thread-safe.
 */
public final class GuardLifecycle implements AutoCloseable {
    private final GuardState state = new GuardState();
    private final ExpectedAdapters adapters = ExpectedAdapters.timed();
    private final ReentrantLock replacing = new ReentrantLock();
    private volatile AssembledGuard current;

    /**
     * Starts a guard.
     *
     * @throws ConfigurationException if a setting is wrong
     */
    public GuardLifecycle(GuardSettings settings, Environment environment) {
        AssembledGuard first = PipelineAssembly.assemble(settings, environment, state);
        first.parts().takeEffect(state, Optional.empty(), environment.clock().instant());
        current = first;
        state.revokeBy(this::receive);
        try {
            first.parts().follow(Optional.empty());
        } catch (RuntimeException | Error wrong) {
            first.parts().close();
            throw wrong;
        }
    }

    /** The guard by the configuration in effect. */
    public AssembledGuard current() {
        return current;
    }

    /**
     * Replaces the configuration. A request is decided by the one or by the other.
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
            fresh.parts().replace(replaced.parts());
        } finally {
            replacing.unlock();
        }
    }

    /** All that can fail, before anything takes effect. */
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

    /** Revokes, and returns whether the revocation is kept and names an issuer that is trusted, if any. */
    public boolean revoke(Revocation revocation) {
        boolean isKept = receive(revocation, RevocationSender.NONE);
        return new RevocableIssuers(current.settings().issuers()).include(revocation) && isKept;
    }

    /** Revokes once more if another configuration took effect meanwhile: its shared state may not have the revocation. */
    @SuppressWarnings("ReferenceEquality") // Is it the same one, not an equal one?
    private boolean receive(Revocation revocation, RevocationSender sender) {
        AssembledGuard used = current;
        boolean isKept = used.parts().revocation().revoke(revocation, sender);
        while (used != current) {
            used = current;
            isKept = used.parts().revocation().revoke(revocation, sender);
        }
        return isKept;
    }

    /** How keys, introspection, revocations and adapters are, now. */
    public GuardHealth health() {
        AssembledGuard used = current;
        return used.health(adapters.health(used.settings().operation().requiresAdapters()));
    }

    /**
     * Announces an adapter.
     *
     * @return to be run whenever a runtime starts the adapter
     */
    public Runnable expectAdapter(String adapter, String remedy) {
        return adapters.expect(adapter, remedy);
    }

    @Override
    public void close() {
        adapters.close();
        current.parts().close();
    }
}
