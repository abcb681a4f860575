package io.tokenguard.internal.keys;

import io.tokenguard.internal.waiting.WouldWaitException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How requests wait for running loads of one issuer's keys. Thread-safe.
 *
 * @param longest the longest wait for a first load
 * @param places for requests that wait for a first load
 * @param placesForUnknown for requests that wait for an unknown key
 * @param mayWait whether requests may wait at all
 */
record LoadWaits(Duration longest, Semaphore places, Semaphore placesForUnknown, boolean mayWait) {
    private static final Duration LONGEST_FOR_UNKNOWN = Duration.ofSeconds(1);

    /** How many requests may wait for an unknown key: anyone can cause them, and they must not hold all threads. */
    private static final int MOST_LOOKING_AGAIN = 64;

    static LoadWaits by(WaitPolicy policy) {
        return new LoadWaits(
                policy.longest(),
                new Semaphore(policy.most()),
                new Semaphore(Math.min(MOST_LOOKING_AGAIN, policy.most())),
                true);
    }

    /** The same for requests that must not wait. */
    LoadWaits withoutWaiting() {
        return new LoadWaits(longest, places, placesForUnknown, false);
    }

    void requireMayWait() {
        if (!mayWait) {
            throw new WouldWaitException(false);
        }
    }

    /** Waits for the end of a first load. */
    void first(@Nullable Load load) {
        await(load, longest, places);
    }

    /** Waits for the end of a first load, when the application starts. */
    void first(@Nullable Load load, Duration time) {
        await(load, time, places);
    }

    /** Waits for the end of a load that may bring an unknown key. */
    void unknown(@Nullable Load load) {
        await(load, LONGEST_FOR_UNKNOWN, placesForUnknown);
    }

    /** Waits for the end of a load, if there is one and not too many requests wait already. */
    private static void await(@Nullable Load load, Duration longest, Semaphore free) {
        if (load == null || !free.tryAcquire()) {
            return;
        }
        try {
            load.end().get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException notInTime) {
            // The keys known by then decide.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            free.release();
        }
    }
}
