package io.tokenguard.internal.jose;

/** Text or bytes that break a grammar or a limit. Cheap: no stack trace, and no text from outside. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean beyondLimit;

    private MalformedException(String rule, boolean beyondLimit) {
        super(rule, null, false, false);
        this.beyondLimit = beyondLimit;
    }

    static MalformedException syntax(String rule) {
        return new MalformedException(rule, false);
    }

    static MalformedException limit(String rule) {
        return new MalformedException(rule, true);
    }

    /** Whether a limit was exceeded, while the grammar was not (yet) broken. */
    public boolean isBeyondLimit() {
        return beyondLimit;
    }

    /** The rule that was broken; a constant. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
