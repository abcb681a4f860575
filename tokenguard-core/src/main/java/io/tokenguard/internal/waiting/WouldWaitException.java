package io.tokenguard.internal.waiting;

/**
 * Ends a decision that must not wait, where it would have to: for keys, metadata, an introspection, a status list or a shared
 * store. No refusal: the decision is made again elsewhere.
 */
public final class WouldWaitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a stack trace, because it is no failure. */
    public WouldWaitException() {
        super("the decision would have to wait", null, false, false);
    }
}
