package io.tokenguard.access;

/**
 * A refusal on its way out. It has no stack trace, no cause and no text from outside: only a reason and, where one
 * reason covers several rules, a constant that names the rule.
 */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;
    private final String detail;

    /**
     * Refuses for a reason that says it all.
     *
     * @param reason why
     */
    public RefusedException(RefusalReason reason) {
        this(reason, "");
    }

    /**
     * Refuses, naming the rule that was broken.
     *
     * @param reason why
     * @param detail a constant of the code, such as the name of a claim; never text that came with the request
     */
    public RefusedException(RefusalReason reason, String detail) {
        super(detail.isEmpty() ? reason.name() : reason.name() + ": " + detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    /** Why. */
    public RefusalReason reason() {
        return reason;
    }

    /** Which rule, for the operator; empty where the reason says it all. */
    public String detail() {
        return detail;
    }
}
