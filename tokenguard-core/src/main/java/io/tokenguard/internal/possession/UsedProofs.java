package io.tokenguard.internal.possession;

import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.ReplayStore.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Uses proofs up (RFC 9449 §11.1): in the shared store, if there is one, and then in this node's own store, which outlives
 * shared stores and configurations. Checks the share of a key before both, so that one key fills neither. Thread-safe.
 */
public final class UsedProofs {
    private final InMemoryReplayStore memory;
    private final ReplayPolicy policy;
    private final ReplayAlarm alarm;
    private volatile Instant knownSince = Instant.MIN;

    /** With this node's own store, and the shared one of the policy. */
    public UsedProofs(InMemoryReplayStore memory, ReplayPolicy policy) {
        this.memory = memory;
        this.policy = policy;
        this.alarm = new ReplayAlarm(memory.nanoTime());
    }

    /**
     * Takes effect, replacing an older configuration if there is one. If that used another shared store, other nodes may have
     * used proofs that only that store knows: proofs made before this moment are then refused once, and clients make new
     * ones.
     */
    void succeed(Optional<UsedProofs> older, Instant now) {
        memory.resize(policy.capacity(), policy.greatestAge());
        older.ifPresent(former -> knownSince = former.isAskingElsewhere(this) ? now : former.knownSince);
    }

    private boolean isAskingElsewhere(UsedProofs newer) {
        return policy.shared().isPresent() && !isSame(policy.shared(), newer.policy.shared());
    }

    /** How long no more proofs of this key are accepted; zero if they are, or if this one was used before. */
    Duration waitFor(ProofUse proof) {
        Duration wait = memory.shares().waitFor(proof.key());
        return wait.isZero() || memory.holds(proof.name()) ? Duration.ZERO : wait;
    }

    Use use(ProofUse proof) {
        if (proof.madeAt().isBefore(knownSince)) {
            return Use.REPEATED;
        }
        if (policy.shared().isEmpty()) {
            return useHere(proof);
        }
        ReplayStore store = policy.shared().get();
        // Other nodes, and later configurations, may accept the proof for longer than this one.
        return switch (store.use(proof.name(), proof.madeAt(), proof.madeAt().plus(DpopPolicy.LONGEST_AGE))) {
            case FIRST -> useHere(proof);
            case REPEATED -> Use.REPEATED;
            case UNKNOWN -> useAlone(proof, store.outOfReachFor());
        };
    }

    private Use useHere(ProofUse proof) {
        Use use = memory.use(proof.name(), proof.madeAt(), proof.forgetAt());
        if (use == Use.FIRST) {
            memory.shares().add(proof.key());
        }
        return use;
    }

    /** A proof that is older than this process may have been used here before a restart. */
    private Use useAlone(ProofUse proof, Duration outage) {
        if (!policy.decidesAlone() || outage.compareTo(policy.outageAfter()) < 0) {
            return Use.UNKNOWN;
        }
        if (proof.madeAt().isBefore(memory.beginning())) {
            return Use.REPEATED;
        }
        alarm.decidedAlone(outage);
        return useHere(proof);
    }

    /** Closes the shared store. */
    void close() {
        policy.shared().ifPresent(ReplayStore::close);
    }

    /** Closes the shared store, unless a newer configuration uses it. */
    void closeFor(UsedProofs newer) {
        if (!isSame(policy.shared(), newer.policy.shared())) {
            close();
        }
    }

    private static boolean isSame(Optional<ReplayStore> one, Optional<ReplayStore> other) {
        return one.isPresent() && other.isPresent() && one.get() == other.get();
    }
}
