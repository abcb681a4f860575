package io.tokenguard.internal.audit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds log lines that requests, issuers or other nodes can cause: a number in each window of time for each cause, and one
 * line before the next one that says how many were left out. At most 100 causes are distinguished; all others share one limit.
 * Thread-safe, without a lock.
 */
public final class LineLimit {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.TokenGuard");
    private static final int MOST_CAUSES = 100;

    private final Map<String, LineBudget> budgets = new ConcurrentHashMap<>();
    private final String event;
    private final int most;
    private final Duration window;
    private final LongSupplier nanoTime;
    private final LineBudget others;

    /**
     * A limit.
     *
     * @param event a constant that names what the lines are about, for the count of those that were left out
     * @param most how many lines a window
     * @param window how long a window is
     * @param nanoTime the time, from a source that never jumps
     */
    public LineLimit(String event, int most, Duration window, LongSupplier nanoTime) {
        this.event = event;
        this.most = most;
        this.window = window;
        this.nanoTime = nanoTime;
        this.others = new LineBudget(most, window, nanoTime.getAsLong());
    }

    /** A limit of five lines a minute. */
    public static LineLimit usual(String event, LongSupplier nanoTime) {
        return new LineLimit(event, 5, Duration.ofMinutes(1), nanoTime);
    }

    /**
     * Writes a line, unless there are too many of its cause.
     *
     * @param cause whose lines are counted together; not logged
     * @param line writes the line
     */
    public void write(String cause, Runnable line) {
        LineBudget budget = budgetOf(cause);
        if (budget.take(nanoTime.getAsLong())) {
            long omitted = budget.takeOmitted();
            if (omitted > 0) {
                LOG.warn("{} log lines like the next one were left out ({})", omitted, event);
            }
            line.run();
        }
    }

    private LineBudget budgetOf(String cause) {
        LineBudget known = budgets.get(cause);
        if (known != null) {
            return known;
        }
        return budgets.size() >= MOST_CAUSES
                ? others
                : budgets.computeIfAbsent(cause, unused -> new LineBudget(most, window, nanoTime.getAsLong()));
    }
}
