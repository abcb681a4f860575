package io.tokenguard.access;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal on its way out. It has no stack trace, no cause and no text from outside: only a reason and, where one
 * reason covers several rules, a constant that names the rule.
 */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;
    private final String detail;
    private final @Nullable Duration retryAfter;

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
        this(reason, detail, null);
    }

    /**
     * Refuses for now, because the request can't be decided yet.
     *
     * @param reason why; one that is answered with 503
     * @param detail a constant of the code; never text that came with the request
     * @param retryAfter when the next attempt is due, from now
     */
    public static RefusedException until(RefusalReason reason, String detail, Duration retryAfter) {
        return new RefusedException(reason, detail, retryAfter);
    }

    private RefusedException(RefusalReason reason, String detail, @Nullable Duration retryAfter) {
        super(detail.isEmpty() ? reason.name() : reason.name() + ": " + detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
        this.retryAfter = retryAfter;
    }

    /** Why. */
    public RefusalReason reason() {
        return reason;
    }

    /** Which rule, for the operator; empty where the reason says it all. */
    public String detail() {
        return detail;
    }

    /** When the next attempt is due, from the moment of the refusal; empty where that is not known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
