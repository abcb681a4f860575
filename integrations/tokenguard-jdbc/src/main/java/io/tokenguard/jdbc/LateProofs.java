package io.tokenguard.jdbc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Proofs that the database stored for this node after their requests had stopped waiting. They are unused, as those requests
 * got 503: a client that sends the same proof again may use it once. Holds 1000 at most; if there are more, clients need new
 * proofs. Thread-safe.
 */
final class LateProofs {
    private static final int MOST = 1_000;

    private final Set<String> proofs = ConcurrentHashMap.newKeySet();

    void add(String proof) {
        if (proofs.size() >= MOST) {
            proofs.clear();
        }
        proofs.add(proof);
    }

    /** Whether a proof was stored, and not used since. True for one caller only. */
    boolean take(String proof) {
        return !proofs.isEmpty() && proofs.remove(proof);
    }
}
