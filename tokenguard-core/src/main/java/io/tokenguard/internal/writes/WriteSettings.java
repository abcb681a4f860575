package io.tokenguard.internal.writes;

import io.tokenguard.internal.bounds.Bounds;
import io.tokenguard.internal.bounds.HttpNames;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which requests happen once, and what is stored for that.
 *
 * @param rules the rules
 * @param maxBody how many bytes of a request's body are read before the application runs
 * @param maxAnswer how many bytes of an answer's body are stored
 * @param lease how long an attempt without an answer keeps others from running
 * @param maxBytes how many bytes the memory of this process takes, without a shared state
 * @param fields names of header fields that are stored, in addition to the usual ones
 */
public record WriteSettings(
        List<WriteRule> rules, int maxBody, int maxAnswer, Duration lease, long maxBytes, List<String> fields) {
    /** No rules. */
    public static final WriteSettings NONE =
            new WriteSettings(List.of(), 64 << 10, 64 << 10, Duration.ofMinutes(10), 64L << 20, List.of());

    private static final long LARGEST_BODY = 16L << 20;

    /** Copies the lists. */
    public WriteSettings {
        rules = List.copyOf(rules);
        fields = List.copyOf(fields);
    }

    /** The same with one more rule. */
    public WriteSettings and(WriteRule rule) {
        List<WriteRule> more = Stream.concat(rules.stream(), Stream.of(rule)).toList();
        return new WriteSettings(more, maxBody, maxAnswer, lease, maxBytes, fields);
    }

    /** The same for another length of bodies. */
    public WriteSettings maxBody(long bytes) {
        long checked = Bounds.between("tokenguard.idempotency.max-body", bytes, 0, LARGEST_BODY);
        return new WriteSettings(rules, (int) checked, maxAnswer, lease, maxBytes, fields);
    }

    /** The same for another length of answers. */
    public WriteSettings maxAnswer(long bytes) {
        long checked = Bounds.between("tokenguard.idempotency.max-answer", bytes, 0, 512L << 10);
        return new WriteSettings(rules, maxBody, (int) checked, lease, maxBytes, fields);
    }

    /** The same for another lease. */
    public WriteSettings lease(Duration time) {
        Duration checked =
                Bounds.between("tokenguard.idempotency.lease", time, Duration.ofSeconds(10), Duration.ofDays(31));
        return new WriteSettings(rules, maxBody, maxAnswer, checked, maxBytes, fields);
    }

    /** The same for another size of the memory. */
    public WriteSettings maxBytes(long bytes) {
        long checked = Bounds.between("tokenguard.idempotency.max-bytes", bytes, 1L << 20, 16L << 30);
        return new WriteSettings(rules, maxBody, maxAnswer, lease, checked, fields);
    }

    /** The same with further header fields. */
    public WriteSettings fields(List<String> names) {
        List<String> checked = HttpNames.fields("tokenguard.idempotency.fields", names.toArray(String[]::new));
        checked.forEach(AnswerFields::requireStorable);
        return new WriteSettings(rules, maxBody, maxAnswer, lease, maxBytes, checked);
    }

    /** Whether there are rules. */
    public boolean isOn() {
        return !rules.isEmpty();
    }
}
