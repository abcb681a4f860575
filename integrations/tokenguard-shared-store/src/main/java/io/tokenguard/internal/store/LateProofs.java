package io.tokenguard.internal.store;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Proofs that the store has stored for this process after their requests had stopped waiting. They are unused, as those requests
 * got 503: a client that sends the same proof again may use it once. They are used if a guard decided alone meanwhile. Holds
 * 1000 at most; if there are more, all are dropped, and their clients need new proofs. Thread-safe, and never waits.
 */
public final class LateProofs {
    private static final int MOST = 1_000;

    private final Supplier<ConcurrentMap<String, Boolean>> maps;
    private final AtomicReference<Round> current;

    /**
     * The proofs since others were dropped. Those of an earlier round have no effect, even if a slow thread adds to it.
     *
     * @param isUsed whether each proof was used meanwhile
     */
    private record Round(int number, ConcurrentMap<String, Boolean> isUsed) {
        boolean hasSpaceFor(String proof) {
            return isUsed.size() < MOST || isUsed.containsKey(proof);
        }
    }

    /** No proofs. */
    public LateProofs() {
        this(ConcurrentHashMap::new);
    }

    LateProofs(Supplier<ConcurrentMap<String, Boolean>> maps) {
        this.maps = maps;
        this.current = new AtomicReference<>(new Round(0, maps.get()));
    }

    private Round current() {
        return Objects.requireNonNull(current.get());
    }

    /** A number to be read before the store is asked about a proof. Another one after proofs were dropped. */
    public int round() {
        return current().number;
    }

    /**
     * Records that the store has stored a proof for a request that has stopped waiting.
     *
     * @param askedIn {@link #round()} before the store was asked: if proofs were dropped since, this one may have been used
     */
    public void stored(String proof, int askedIn) {
        Round round = roundWithSpaceFor(proof);
        if (round.number == askedIn) {
            round.isUsed.putIfAbsent(proof, false);
        }
    }

    /** Whether a proof was stored, and not used since. True for one caller only. */
    public boolean take(String proof) {
        ConcurrentMap<String, Boolean> proofs = current().isUsed;
        return !proofs.isEmpty() && proofs.replace(proof, false, true);
    }

    /** Records that a guard uses a proof without the store. Returns whether no other one has used it meanwhile. */
    public boolean useAlone(String proof) {
        boolean isUsed = false;
        Round round;
        do {
            round = roundWithSpaceFor(proof);
            isUsed |= Boolean.TRUE.equals(round.isUsed.put(proof, true));
            // If proofs were dropped meanwhile, this one was too.
        } while (round.number != round());
        return !isUsed;
    }

    /** The current round, or a new and empty one if that is full. A round and its proofs are replaced in one step. */
    private Round roundWithSpaceFor(String proof) {
        Round round = current();
        if (round.hasSpaceFor(proof)) {
            return round;
        }
        Round next = new Round(round.number + 1, maps.get());
        return current.compareAndSet(round, next) ? next : current();
    }
}
