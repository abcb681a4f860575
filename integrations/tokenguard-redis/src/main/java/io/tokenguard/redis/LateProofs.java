package io.tokenguard.redis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Proofs that Redis stored for this node after their requests had stopped waiting. They are unused, as those requests got 503:
 * a client that sends the same proof again may use it once. Holds 1000 at most; if there are more, clients need new proofs.
 * Thread-safe.
 */
final class LateProofs {
    private static final int MOST = 1_000;

    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    void add(String key) {
        if (keys.size() >= MOST) {
            keys.clear();
        }
        keys.add(key);
    }

    /** Whether a proof was stored, and not used since. True for one caller only. */
    boolean take(String key) {
        return !keys.isEmpty() && keys.remove(key);
    }
}
