package io.tokenguard.internal.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator what broke. Only the kind and the place of a failure are told, for its message may hold what came with
 * the request; and a log that breaks in turn changes no decision.
 */
public final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.TokenGuard");

    private FailureLog() {}

    /** A request could not be judged because of this. */
    public static void requestFailed(Throwable failure) {
        try {
            LOG.error("A request could not be judged: {} at {}", kind(failure), place(failure));
        } catch (RuntimeException | VirtualMachineError unheard) {
            // There is nobody left to tell.
        }
    }

    /** A rule of the application did this, and its request was refused. */
    public static void ruleFailed(Throwable failure) {
        try {
            LOG.error("A rule failed with {} at {}", kind(failure), place(failure));
        } catch (RuntimeException | VirtualMachineError unheard) {
            // There is nobody left to tell.
        }
    }

    /** Somebody who was told of a refusal did this. */
    public static void observerFailed(Throwable failure) {
        try {
            LOG.warn("An observer failed with {} at {}", kind(failure), place(failure));
        } catch (RuntimeException | VirtualMachineError unheard) {
            // There is nobody left to tell.
        }
    }

    /** After a change of the configuration, this went wrong where it could not be undone. */
    public static void changeFailed(Throwable failure) {
        LOG.warn(
                "The configuration has changed, and a part was not handed over or closed: {} at {}",
                kind(failure),
                place(failure));
    }

    /** A proof was taken, and nothing but the request says which address it had to be for. */
    public static void addressUnknown() {
        try {
            LOG.warn(
                    "A token with a DPoP proof came, and the caller's Host field decides which address the proof is for: set"
                            + " tokenguard.resource.uri to the public address of this API, or tokenguard.resource.hosts to its hosts");
        } catch (RuntimeException | VirtualMachineError unheard) {
            // There is nobody left to tell.
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
