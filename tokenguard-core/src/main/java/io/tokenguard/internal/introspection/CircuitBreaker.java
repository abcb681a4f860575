package io.tokenguard.internal.introspection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stops calls to a server that fails: where half of the last 20 failed, for 5 s; then one call is made to see. A server that
 * asks for patience has it at once, for at most 30 s. Thread-safe; its lock is held for a few instructions.
 */
final class CircuitBreaker {
    private static final int WINDOW = 20;
    private static final int MOST_FAILURES = 10;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int CLOSED = -1;

    private final Clock clock;
    private final boolean[] failures = new boolean[WINDOW];
    private int calls;
    private int failed;
    private int era;
    private @Nullable Instant openUntil;

    CircuitBreaker(Clock clock) {
        this.clock = clock;
    }

    /** A number to end the call with; negative where no call may be made. */
    synchronized int begin() {
        Instant now = clock.instant();
        if (openUntil != null) {
            if (now.isBefore(openUntil)) {
                return CLOSED;
            }
            // One to see; another one only where this one has not ended by then.
            openUntil = now.plus(PAUSE);
        }
        return era;
    }

    /**
     * Ends a call.
     *
     * @param call its number
     * @param hasFailed whether the server is to blame
     * @param patience how long the server asks to be left alone; zero where it does not
     */
    synchronized void end(int call, boolean hasFailed, Duration patience) {
        if (call != era) {
            return;
        }
        count(hasFailed);
        boolean isOpen = openUntil != null;
        if (isOpen && !hasFailed) {
            close();
        } else if (hasFailed && !patience.isZero()) {
            open(patience.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : patience);
        } else if (hasFailed && (isOpen || (calls >= WINDOW && failed >= MOST_FAILURES))) {
            open(PAUSE);
        }
    }

    private void count(boolean hasFailed) {
        int place = calls % WINDOW;
        failed += (hasFailed ? 1 : 0) - (failures[place] ? 1 : 0);
        failures[place] = hasFailed;
        calls = calls + 1 == 2 * WINDOW ? WINDOW : calls + 1;
    }

    private void open(Duration pause) {
        openUntil = clock.instant().plus(pause);
        era = (era + 1) & Integer.MAX_VALUE;
    }

    private void close() {
        openUntil = null;
        era = (era + 1) & Integer.MAX_VALUE;
        calls = 0;
        failed = 0;
        Arrays.fill(failures, false);
    }

    /** Until when no calls are made; empty where they are. */
    synchronized Optional<Instant> openUntil() {
        return Optional.ofNullable(openUntil);
    }
}
