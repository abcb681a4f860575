package io.tokenguard.internal.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs unexpected failures for the operator: their class and place only, as their message may contain parts of the request.
 * A failure of the log itself changes no decision.
 */
public final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.TokenGuard");

    private FailureLog() {}

    /** No decision could be made about a request because of this. */
    public static void requestFailed(Throwable failure) {
        write(() -> LOG.error("A request could not be decided: {} at {}", kind(failure), place(failure)));
    }

    /** A rule of the application threw this, and its request was refused. */
    public static void ruleFailed(Throwable failure) {
        write(() -> LOG.error("A rule failed with {} at {}", kind(failure), place(failure)));
    }

    /** An observer of refusals threw this. */
    public static void observerFailed(Throwable failure) {
        write(() -> LOG.warn("An observer failed with {} at {}", kind(failure), place(failure)));
    }

    /** This failed after a change of the configuration, which it does not undo. */
    public static void changeFailed(Throwable failure) {
        LOG.warn(
                "The configuration has changed, and a part was not handed over or closed: {} at {}",
                kind(failure),
                place(failure));
    }

    /** A proof was accepted for an address that only the request states. */
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
            // A log that fails can't be reported.
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
