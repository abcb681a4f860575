package io.tokenguard.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Signals that a request is refused. Has no stack trace and no cause. Its message contains no text from the request: only the
 * reason and, if one reason covers several rules, a constant that names the rule.
 */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;
    private final String detail;
    private final @Nullable Duration retryAfter;
    private final transient @Nullable Supplier<Finding> finding;

    /**
     * What a check found, what it expected, and what to set. Texts are neither truncated nor escaped: do not log them.
     * {@link Refusal} has them truncated and escaped.
     *
     * @param found the value in the request or the token; empty if the reason is sufficient
     * @param expected the accepted value; empty if the reason is sufficient
     * @param settings the keys of the settings, such as {@code tokenguard.audiences}; empty for those of the reason
     * @param hint the probable cause; empty if unknown
     */
    public record Finding(String found, String expected, List<String> settings, String hint) {
        /** Nothing beyond the reason. */
        public static final Finding NONE = new Finding("", "", List.of(), "");

        /** Copies the settings. */
        public Finding {
            settings = List.copyOf(settings);
        }

        /** A finding with the settings of the reason, without a hint. */
        public static Finding of(@Nullable Object found, Object expected) {
            return new Finding(String.valueOf(found), expected.toString(), List.of(), "");
        }

        /** The same finding with these settings. */
        public Finding by(String... keys) {
            return new Finding(found, expected, List.of(keys), hint);
        }

        /** The same finding with a hint. */
        public Finding hint(String guess) {
            return new Finding(found, expected, settings, guess);
        }
    }

    /**
     * Refuses for a reason that needs no detail.
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
     * @param detail a constant of the code, such as the name of a claim; never text from the request
     */
    public RefusedException(RefusalReason reason, String detail) {
        this(reason, detail, null, null);
    }

    /**
     * Refuses, with an explanation for the operator.
     *
     * @param reason why
     * @param detail a constant of the code; never text that came with the request
     * @param finding what was found and expected; called only if the refusal is reported
     */
    public RefusedException(RefusalReason reason, String detail, Supplier<Finding> finding) {
        this(reason, detail, null, finding);
    }

    /**
     * Refuses temporarily, because the request can't be decided yet.
     *
     * @param reason why; its status is 503
     * @param detail a constant of the code; never text that came with the request
     * @param retryAfter when the next attempt is due, from now
     */
    public static RefusedException until(RefusalReason reason, String detail, Duration retryAfter) {
        return new RefusedException(reason, detail, retryAfter, null);
    }

    /** The same refusal with a further explanation, computed only if the refusal is reported. */
    public RefusedException explained(UnaryOperator<Finding> further) {
        return new RefusedException(reason, detail, retryAfter, () -> further.apply(finding()));
    }

    private RefusedException(
            RefusalReason reason, String detail, @Nullable Duration retryAfter, @Nullable Supplier<Finding> finding) {
        super(detail.isEmpty() ? reason.name() : reason.name() + ": " + detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
        this.retryAfter = retryAfter;
        this.finding = finding;
    }

    /** The reason. */
    public RefusalReason reason() {
        return reason;
    }

    /** The rule, for the operator; empty if the reason is sufficient. */
    public String detail() {
        return detail;
    }

    /** What was found and expected, neither truncated nor escaped; {@link Finding#NONE} if only the reason is known. */
    public Finding finding() {
        return finding == null ? Finding.NONE : finding.get();
    }

    /** When the next attempt is due, from the moment of the refusal; empty if unknown. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
