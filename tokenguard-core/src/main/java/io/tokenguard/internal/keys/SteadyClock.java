package io.tokenguard.internal.keys;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * A clock for durations: never goes back, and does not follow corrections of the time of day. Compare its moments only with
 * each other. Thread-safe.
 */
public final class SteadyClock extends Clock {
    private static final long NANOS_OF_MILLI = 1_000_000;
    private static final LongSupplier OF_SYSTEM = new Elapsed(System.currentTimeMillis(), System.nanoTime());

    private final LongSupplier millis;

    private SteadyClock(LongSupplier millis) {
        this.millis = millis;
    }

    /**
     * A clock derived from another one: {@link System#nanoTime} if that is the system's; otherwise it follows the other clock
     * forward, and stands still when that is set back.
     *
     * @param wall the time of day
     */
    public static SteadyClock beside(Clock wall) {
        boolean isOfSystem = wall.getClass().equals(Clock.systemUTC().getClass());
        return new SteadyClock(isOfSystem ? OF_SYSTEM : new Forward(wall));
    }

    private record Elapsed(long startMillis, long startNanos) implements LongSupplier {
        @Override
        public long getAsLong() {
            return startMillis + (System.nanoTime() - startNanos) / NANOS_OF_MILLI;
        }
    }

    private static final class Forward implements LongSupplier {
        private final Clock wall;
        private final AtomicReference<Reading> last;

        Forward(Clock wall) {
            this.wall = wall;
            this.last = new AtomicReference<>(new Reading(wall.millis(), wall.millis()));
        }

        private record Reading(long wall, long steady) {
            Reading next(long now) {
                return now == wall ? this : new Reading(now, steady + Math.max(0, now - wall));
            }
        }

        @Override
        public long getAsLong() {
            return last.updateAndGet(before -> before.next(wall.millis())).steady;
        }
    }

    @Override
    public long millis() {
        return millis.getAsLong();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
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
