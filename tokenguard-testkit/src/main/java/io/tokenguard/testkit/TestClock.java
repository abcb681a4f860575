package io.tokenguard.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is advanced or set. Safe for use by any thread. */
public final class TestClock extends Clock {
    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    private TestClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = Objects.requireNonNull(zone, "zone");
    }

    /**
     * A clock that stands at this instant, in UTC.
     *
     * @param instant the first answer
     * @return a new clock
     */
    public static TestClock startingAt(Instant instant) {
        return new TestClock(new AtomicReference<>(Objects.requireNonNull(instant, "instant")), ZoneOffset.UTC);
    }

    /**
     * Moves the clock.
     *
     * @param step how far; negative moves it back
     */
    public void advance(Duration step) {
        now.updateAndGet(instant -> instant.plus(step));
    }

    /**
     * Sets the clock to an instant, earlier or later.
     *
     * @param instant the next answer
     */
    public void set(Instant instant) {
        now.set(Objects.requireNonNull(instant, "instant"));
    }

    @Override
    public Instant instant() {
        return Objects.requireNonNull(now.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock seen from another zone: moving either moves both. */
    @Override
    public TestClock withZone(ZoneId otherZone) {
        return new TestClock(now, otherZone);
    }

    /** Shows the instant and the zone. */
    @Override
    public String toString() {
        return "TestClock[" + instant() + ", " + zone + "]";
    }
}
