package io.tokenguard.internal.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Nanoseconds for durations: they never go back, and do not follow corrections of the time of day. Numbers of one source
 * compare with each other only.
 */
public final class MonotonicTime {
    private static final long START = System.nanoTime();

    private MonotonicTime() {}

    /**
     * A source beside a clock: {@link System#nanoTime} if that is the system's; otherwise it goes forward with the clock, and
     * stands still when the clock is set back. Thread-safe.
     *
     * @param wall the time of day
     */
    public static LongSupplier beside(Clock wall) {
        boolean isOfSystem = wall.getClass().equals(Clock.systemUTC().getClass());
        return isOfSystem ? MonotonicTime::ofSystem : new Forward(wall);
    }

    private static long ofSystem() {
        return System.nanoTime() - START;
    }

    private static final class Forward implements LongSupplier {
        private final Clock wall;
        private final AtomicReference<Reading> last;

        Forward(Clock wall) {
            this.wall = wall;
            this.last = new AtomicReference<>(new Reading(wall.instant(), 0));
        }

        private record Reading(Instant wall, long nanos) {
            Reading next(Instant now) {
                return now.equals(wall)
                        ? this
                        : new Reading(
                                now,
                                nanos + Math.max(0, Duration.between(wall, now).toNanos()));
            }
        }

        @Override
        public long getAsLong() {
            return last.updateAndGet(before -> before.next(wall.instant())).nanos;
        }
    }
}
