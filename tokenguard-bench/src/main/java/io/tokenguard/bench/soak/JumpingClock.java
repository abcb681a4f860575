package io.tokenguard.bench.soak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's time, or a time beside it, as on a machine whose clock is set. Thread-safe. */
final class JumpingClock extends Clock {
    private volatile Duration offset = Duration.ZERO;

    /** Sets the clock this far from the system's time. */
    void jumpTo(Duration newOffset) {
        offset = newOffset;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
