package io.tokenguard.internal.telemetry;

import io.tokenguard.access.GuardStats.Outcomes;
import io.tokenguard.access.RefusalReason;
import java.util.concurrent.atomic.LongAdder;

/** Counts decisions by outcome. Thread-safe, without a lock. */
final class OutcomeCounter {
    private final LongAdder granted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final LongAdder wouldRefuse = new LongAdder();

    void grant() {
        granted.increment();
    }

    void refuse(RefusalReason reason) {
        (reason.isVerdict() ? refused : unavailable).increment();
    }

    void wouldRefuse() {
        wouldRefuse.increment();
    }

    Outcomes snapshot(String label) {
        return new Outcomes(label, granted.sum(), refused.sum(), unavailable.sum(), wouldRefuse.sum());
    }
}
