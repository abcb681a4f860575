package io.tokenguard.internal.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The failures of loads since the last successful one, and when the next attempt is due. Changed by one load at a time. */
final class LoadFailures {
    private static final int[] RETRY_SECONDS = {5, 10, 20, 40, 60};

    /** Delays while no key was ever loaded; the last one repeats. */
    private static final int[] FIRST_RETRY_MILLIS = {200, 500, 1_000, 2_000, 4_000};

    /** The longest delay that an issuer without known keys can request. */
    private static final Duration LONGEST_FIRST_DELAY = Duration.ofSeconds(15);

    private final KeySupplies supplies;
    private volatile @Nullable Failure last;

    LoadFailures(KeySupplies supplies) {
        this.supplies = supplies;
    }

    /**
     * The failures since the last successful load.
     *
     * @param count how many
     * @param problem why the last one failed
     * @param askableFrom when the issuer may be asked again, by {@link Clocks#moment}
     */
    private record Failure(int count, FetchException problem, Instant askableFrom) {}

    boolean isEmpty() {
        return last == null;
    }

    /** Why the last load failed; empty if it succeeded. */
    Optional<FetchException> problem() {
        return Optional.ofNullable(last).map(Failure::problem);
    }

    /** Whether the issuer answered to the last load that it has no such document. */
    boolean areNotThere() {
        Failure failure = last;
        return failure != null && failure.problem.isNotThere();
    }

    /** Whether the issuer allows a request now (RFC 9110 §10.2.3). */
    boolean mayAsk(Instant now) {
        Failure failure = last;
        return failure == null || !now.isBefore(failure.askableFrom);
    }

    void clear() {
        last = null;
    }

    /** Adds the failure of a load while there are keys; returns the delay of the next attempt. */
    Duration add(FetchException problem, Instant now) {
        int before = keep(problem, now.plus(problem.retryAfter()));
        Duration backOff =
                supplies.jittered(Duration.ofSeconds(RETRY_SECONDS[Math.min(before, RETRY_SECONDS.length - 1)]));
        return later(problem.retryAfter(), backOff);
    }

    /**
     * Adds the failure of a load while there are no keys; returns the delay of the next attempt.
     *
     * @param took how long the load took. Attempts are counted from start to start: an issuer that hangs until the timeout is
     *     tried as often as one that is down
     */
    Duration addFirst(FetchException problem, Instant now, Duration took) {
        int before = keep(problem, now);
        long millis = supplies.policy().waiting().hurries()
                ? FIRST_RETRY_MILLIS[Math.min(before, FIRST_RETRY_MILLIS.length - 1)]
                : LONGEST_FIRST_DELAY.toMillis();
        Duration left = supplies.jittered(Duration.ofMillis(millis)).minus(took);
        Duration backOff = later(left, Duration.ofMillis(FIRST_RETRY_MILLIS[0]));
        Duration asked = problem.retryAfter();
        return later(asked.compareTo(LONGEST_FIRST_DELAY) > 0 ? LONGEST_FIRST_DELAY : asked, backOff);
    }

    /** How many there were before. */
    private int keep(FetchException problem, Instant askableFrom) {
        Failure before = last;
        int count = before == null ? 0 : before.count;
        last = new Failure(count + 1, problem, askableFrom);
        return count;
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
