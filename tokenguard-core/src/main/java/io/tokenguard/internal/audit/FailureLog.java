package io.tokenguard.internal.audit;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs unexpected failures. Only the class and the place of a failure are logged, because its message may hold what a request
 * carried. Of each class and place, five lines a minute are written. A log that fails in turn changes no decision.
 * Thread-safe.
 */
public final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.TokenGuard");

    private final LineLimit requests;
    private final LineLimit rules;
    private final LineLimit observers;

    /**
     * A log.
     *
     * @param nanoTime the time, from a source that never jumps
     */
    public FailureLog(LongSupplier nanoTime) {
        this.requests = LineLimit.usual("failed requests", nanoTime);
        this.rules = LineLimit.usual("failed rules", nanoTime);
        this.observers = LineLimit.usual("failed observers", nanoTime);
    }

    /** A request could not be decided because of this failure. */
    public void requestFailed(Throwable failure) {
        write(
                requests,
                failure,
                () -> LOG.error("A request could not be decided: {} at {}", kind(failure), place(failure)));
    }

    /** A rule of the application failed, and its request was refused. */
    public void ruleFailed(Throwable failure) {
        write(rules, failure, () -> LOG.error("A rule failed with {} at {}", kind(failure), place(failure)));
    }

    /** An observer failed. */
    public void observerFailed(Throwable failure) {
        write(observers, failure, () -> LOG.warn("An observer failed with {} at {}", kind(failure), place(failure)));
    }

    /** After a change of the configuration, a part failed where the change could not be undone. */
    public static void changeFailed(Throwable failure) {
        LOG.warn(
                "The configuration has changed, and a part was not handed over or closed: {} at {}",
                kind(failure),
                place(failure));
    }

    /** A proof was accepted, and only the request says which address it had to be for. Called once. */
    public static void addressUnknown() {
        write(
                () -> LOG.warn(
                        "A token with a DPoP proof came, and the caller's Host field decides which address the proof is for: set"
                                + " tokenguard.resource.uri to the public address of this API, or tokenguard.resource.hosts to its hosts"));
    }

    private static void write(Runnable line) {
        try {
            line.run();
        } catch (RuntimeException | VirtualMachineError unheard) {
            // The log has failed: there is nowhere to report that.
        }
    }

    private static void write(LineLimit limit, Throwable failure, Runnable line) {
        try {
            limit.write(kind(failure) + " at " + place(failure), line);
        } catch (RuntimeException | VirtualMachineError unheard) {
            // The log has failed: there is nowhere to report that.
        }
    }

    private static String kind(Throwable failure) {
        return failure.getClass().getName();
    }

    private static Object place(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length == 0 ? "?" : trace[0];
    }
}
