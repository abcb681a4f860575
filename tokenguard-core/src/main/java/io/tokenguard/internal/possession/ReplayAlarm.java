package io.tokenguard.internal.possession;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns the operator that proofs are checked on this node only: one line a minute. Thread-safe, without locks. */
final class ReplayAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayAlarm.class);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final AtomicLong silentUntil = new AtomicLong(System.nanoTime());

    void decidedAlone(Duration outage) {
        long until = silentUntil.get();
        long now = System.nanoTime();
        if (now - until >= 0 && silentUntil.compareAndSet(until, now + MINUTE)) {
            LOG.warn(
                    "Proofs are checked against the store of this node only: the shared store has been unreachable for"
                            + " {} s, and tokenguard.revocation.outage is fail-open",
                    outage.toSeconds());
        }
    }
}
