package io.tokenguard.internal.possession;

import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.ReplayStore.Use;
import java.time.Duration;
import java.util.Optional;

/**
 * Uses proofs up (RFC 9449 §11.1): in the store that nodes share, if there is one, and then in this node's own memory, which
 * outlives stores and configurations. Thread-safe.
 */
public final class UsedProofs {
    private final InMemoryReplayStore memory;
    private final ReplayPolicy policy;
    private final ReplayAlarm alarm = new ReplayAlarm();

    /** Proofs of this node, and by the policy those of others. */
    public UsedProofs(InMemoryReplayStore memory, ReplayPolicy policy) {
        this.memory = memory;
        this.policy = policy;
    }

    Use use(ProofUse proof) {
        if (proof.madeAt().isBefore(policy.knownSince())) {
            return Use.REPEATED;
        }
        if (policy.shared().isEmpty()) {
            return useHere(proof);
        }
        ReplayStore store = policy.shared().get();
        // Other nodes, and later configurations, may accept the proof for longer than this one does.
        return switch (store.use(proof.name(), proof.madeAt(), proof.madeAt().plus(DpopPolicy.LONGEST_AGE))) {
            case FIRST -> useHere(proof);
            case REPEATED -> Use.REPEATED;
            case UNKNOWN -> useAlone(proof, store.outOfReachFor());
        };
    }

    private Use useHere(ProofUse proof) {
        return memory.use(proof.name(), proof.madeAt(), proof.forgetAt());
    }

    /** A proof that is older than this process may have been used here before it was started again. */
    private Use useAlone(ProofUse proof, Duration outage) {
        if (!policy.judgesAlone() || outage.compareTo(policy.outageAfter()) < 0) {
            return Use.UNKNOWN;
        }
        if (proof.madeAt().isBefore(memory.madeAt())) {
            return Use.REPEATED;
        }
        alarm.judgedAlone(outage);
        return useHere(proof);
    }

    /** Closes the shared store. */
    void close() {
        policy.shared().ifPresent(ReplayStore::close);
    }

    /** Closes the shared store, unless a newer configuration goes on to use it. */
    void closeFor(UsedProofs newer) {
        if (!isSame(policy.shared(), newer.policy.shared())) {
            close();
        }
    }

    private static boolean isSame(Optional<ReplayStore> one, Optional<ReplayStore> other) {
        return one.isPresent() && other.isPresent() && one.get() == other.get();
    }
}
