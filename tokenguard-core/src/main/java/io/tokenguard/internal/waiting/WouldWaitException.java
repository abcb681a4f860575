package io.tokenguard.internal.waiting;

/**
 * Ends a decision that must not wait, where it would have to: for keys, metadata, an introspection, a status list or a shared
 * store. No refusal: the decision is made again elsewhere.
 */
public final class WouldWaitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isProven;

    /**
     * Without a stack trace, because it is no failure.
     *
     * @param isProven whether the token was verified, or was active recently: not everyone can make decisions wait like this
     */
    public WouldWaitException(boolean isProven) {
        super("the decision would have to wait", null, false, false);
        this.isProven = isProven;
    }

    /** Whether the token was verified, or was active recently. */
    public boolean isProven() {
        return isProven;
    }
}
