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
    private volatile Instant beginning;
    /** The greatest skew of all configurations so far: how long before its date a proof may have been used. */
    private volatile Duration skew;

    /** With this node's own store, and the shared one of the policy. */
    public UsedProofs(InMemoryReplayStore memory, ReplayPolicy policy) {
        this.memory = memory;
        this.policy = policy;
        this.alarm = new ReplayAlarm(memory.nanoTime());
        this.skew = policy.clockSkew();
        this.beginning = memory.beginning();
    }

    /**
     * Takes effect, replacing an older configuration if there is one. If that used another shared store, other nodes may have
     * used proofs that only that store knows: no proof is accepted that may have been used before this moment.
     */
    void succeed(Optional<UsedProofs> older, Instant now) {
        memory.resize(policy.capacity(), policy.greatestAge());
        older.ifPresent(former -> {
            skew = longer(skew, former.skew);
            knownSince = former.isAskingElsewhere(this) ? now : former.knownSince;
        });
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private boolean isAskingElsewhere(UsedProofs newer) {
        return policy.shared().isPresent() && !isSame(policy.shared(), newer.policy.shared());
    }

    /** Whether other nodes are asked too, which may take time. */
    boolean areShared() {
        return policy.shared().isPresent();
    }

    /** How long no more proofs of this key are accepted; zero if they are, or if this one was used before. */
    Duration waitFor(ProofUse proof) {
        Duration wait = memory.shares().waitFor(proof.key());
        return wait.isZero() || memory.holds(proof.name()) ? Duration.ZERO : wait;
    }

    Use use(ProofUse proof) {
        if (mayPrecede(proof, knownSince())) {
            return inDoubt(proof, knownSince());
        }
        if (policy.shared().isEmpty()) {
            return useHere(proof);
        }
        ReplayStore store = policy.shared().get();
        // Other nodes, and later configurations, may accept the proof for longer than this one.
        Instant forgetAt = proof.madeAt().plus(DpopPolicy.LONGEST_AGE);
        Duration limit = policy.outage().timeout();
        return switch (store.use(proof.name(), proof.madeAt(), forgetAt, limit)) {
            // The store may have lost earlier uses meanwhile.
            case FIRST -> mayPrecede(proof, knownSince()) ? inDoubt(proof, knownSince()) : useHere(proof);
            case REPEATED -> Use.REPEATED;
            case UNKNOWN -> useAlone(proof, store);
        };
    }

    /** Uses before this moment may not be known: the shared store was changed, or has lost data. */
    private Instant knownSince() {
        Instant changed = past(knownSince);
        knownSince = changed;
        Instant lost = policy.shared().map(ReplayStore::knownSince).orElse(Instant.MIN);
        return changed.isBefore(lost) ? lost : changed;
    }

    /**
     * A moment that lies ahead was read before the clock was set back, and is over: good proofs would be refused until the clock
     * gets there.
     */
    private Instant past(Instant moment) {
        Instant now = memory.now();
        return moment.isAfter(now) ? now : moment;
    }

    /** Whether a proof may have been used up to a moment: it is good from the clock skew before its date. */
    private boolean mayPrecede(ProofUse proof, Instant moment) {
        return !proof.madeAt().minus(skew).isAfter(moment);
    }

    /** A client makes a new proof if that is accepted; until then, whether a proof was used can't be known. */
    private Use inDoubt(ProofUse proof, Instant moment) {
        boolean isAfterIt = memory.now().minus(skew).isAfter(moment);
        return isAfterIt || memory.holds(proof.name()) ? Use.REPEATED : Use.UNKNOWN;
    }

    /** How long no proof is accepted because earlier uses may not be known; zero if proofs are accepted. */
    Duration untilKnown() {
        Instant known = knownSince();
        Instant now = memory.now();
        boolean isOver = now.minus(skew).isAfter(known);
        return isOver ? Duration.ZERO : Duration.between(now, known.plus(skew)).plusMillis(1);
    }

    private Use useHere(ProofUse proof) {
        Use use = memory.use(proof.name(), proof.madeAt(), proof.forgetAt());
        if (use == Use.FIRST) {
            memory.shares().add(proof.key());
        }
        return use;
    }

    /** A proof that is older than this process may have been used here before a restart. */
    private Use useAlone(ProofUse proof, ReplayStore store) {
        Duration outage = store.outOfReachFor();
        if (!policy.outage().decidesAlone() || outage.compareTo(policy.outage().after()) < 0) {
            return Use.UNKNOWN;
        }
        beginning = past(beginning);
        if (mayPrecede(proof, beginning)) {
            return inDoubt(proof, beginning);
        }
        alarm.decidedAlone(outage);
        return store.useAlone(proof.name()) ? useHere(proof) : Use.REPEATED;
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
