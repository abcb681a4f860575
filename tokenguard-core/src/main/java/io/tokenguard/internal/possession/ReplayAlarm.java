package io.tokenguard.internal.possession;

import io.tokenguard.internal.audit.LineLimit;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns the operator that proofs are checked on this node only: one line a minute. Thread-safe, without locks. */
final class ReplayAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayAlarm.class);

    private final LineLimit lines;

    /**
     * An alarm.
     *
     * @param nanoTime the time, from a source that never jumps
     */
    ReplayAlarm(LongSupplier nanoTime) {
        this.lines = new LineLimit("proofs", 1, Duration.ofMinutes(1), nanoTime);
    }

    void decidedAlone(Duration outage) {
        lines.write(
                "",
                () -> LOG.warn(
                        "Proofs are checked against the store of this node only: the shared store has been unreachable for"
                                + " {} s, and tokenguard.revocation.outage is fail-open",
                        outage.toSeconds()));
    }
}
