package io.tokenguard.jdbc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Proofs that the store has stored for this process after their requests had stopped waiting. They are unused, as those requests
 * got 503: a client that sends the same proof again may use it once. They are used if a guard decided alone meanwhile. Holds
 * 1000 at most; if there are more, clients need new proofs. Thread-safe, and never waits.
 */
final class LateProofs {
    private static final int MOST = 1_000;

    /** Whether each proof was used meanwhile. */
    private final Map<String, Boolean> proofs = new ConcurrentHashMap<>();

    /** Changes when all proofs are dropped. */
    private final AtomicInteger round = new AtomicInteger();

    /** A number to be read before the store is asked about a proof. */
    int round() {
        return round.get();
    }

    /**
     * Records that the store has stored a proof for a request that has stopped waiting.
     *
     * @param askedIn {@link #round()} before the store was asked: if proofs were dropped since, this one may have been used
     */
    void stored(String proof, int askedIn) {
        makeSpaceFor(proof);
        proofs.computeIfAbsent(proof, same -> round.get() == askedIn ? false : null);
    }

    /** Whether a proof was stored, and not used since. True for one caller only. */
    boolean take(String proof) {
        return !proofs.isEmpty() && proofs.replace(proof, false, true);
    }

    /** Records that a guard uses a proof without the store. Returns whether no other one has used it meanwhile. */
    boolean useAlone(String proof) {
        makeSpaceFor(proof);
        return !Boolean.TRUE.equals(proofs.put(proof, true));
    }

    /** The number changes first: while the old one is read, the proofs are still there. */
    private void makeSpaceFor(String proof) {
        if (proofs.size() >= MOST && !proofs.containsKey(proof)) {
            round.incrementAndGet();
            proofs.clear();
        }
    }
}
