package io.tokenguard.internal.settings;

import io.tokenguard.internal.bounds.Bounds;
import io.tokenguard.internal.limits.BrakeSettings;
import io.tokenguard.internal.limits.LimitNames;
import io.tokenguard.internal.limits.LimitRule;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Which requests are too many.
 *
 * @param rules the limits by method and path
 * @param brake the brake on bad tokens
 * @param maxBuckets how many counts each limit has at most
 */
public record LimitSettings(List<LimitRule> rules, BrakeSettings brake, int maxBuckets) {
    /** None. */
    public static final LimitSettings NONE = new LimitSettings(List.of(), BrakeSettings.OFF, 100_000);

    /** Copies the rules. */
    public LimitSettings {
        rules = List.copyOf(rules);
    }

    /** The same with one more rule. */
    public LimitSettings and(LimitRule rule) {
        return new LimitSettings(Stream.concat(rules.stream(), Stream.of(rule)).toList(), brake, maxBuckets);
    }

    /** The same with another brake. */
    public LimitSettings brake(UnaryOperator<BrakeSettings> change) {
        return new LimitSettings(rules, change.apply(brake), maxBuckets);
    }

    /** The same with another number of counts. */
    public LimitSettings maxBuckets(int most) {
        return new LimitSettings(rules, brake, Bounds.between("tokenguard.limit-buckets", most, 1_000, 10_000_000));
    }

    /** The same, in which every limit has a name. */
    LimitSettings named() {
        return new LimitSettings(LimitNames.complete(rules), brake, maxBuckets);
    }

    /** Whether there is anything to count. */
    public boolean isOn() {
        return !rules.isEmpty() || brake.mode() != BrakeSettings.Mode.OFF;
    }
}
