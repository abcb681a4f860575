package io.tokenguard.internal.settings;

import io.tokenguard.config.Revocations.FailurePolicy;
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
 * @param isShared whether the requests of all nodes are counted together, if their state is shared
 * @param outage what happens to requests while the shared store does not answer
 */
public record LimitSettings(
        List<LimitRule> rules, BrakeSettings brake, int maxBuckets, boolean isShared, FailurePolicy outage) {
    /** None. */
    public static final LimitSettings NONE =
            new LimitSettings(List.of(), BrakeSettings.OFF, 100_000, true, FailurePolicy.FAIL_OPEN);

    /** Copies the rules. */
    public LimitSettings {
        rules = List.copyOf(rules);
    }

    /** The same with one more rule. */
    public LimitSettings and(LimitRule rule) {
        return with(Stream.concat(rules.stream(), Stream.of(rule)).toList());
    }

    /** The same with another brake. */
    public LimitSettings brake(UnaryOperator<BrakeSettings> change) {
        return new LimitSettings(rules, change.apply(brake), maxBuckets, isShared, outage);
    }

    /** The same with another number of counts. */
    public LimitSettings maxBuckets(int most) {
        int bounded = Bounds.between("tokenguard.limit-buckets", most, 1_000, 10_000_000);
        return new LimitSettings(rules, brake, bounded, isShared, outage);
    }

    /** The same, counted by all nodes together or by each node alone. */
    public LimitSettings shared(boolean isWanted) {
        return new LimitSettings(rules, brake, maxBuckets, isWanted, outage);
    }

    /** The same with another policy for outages of the shared store. */
    public LimitSettings outage(FailurePolicy chosen) {
        return new LimitSettings(rules, brake, maxBuckets, isShared, chosen);
    }

    private LimitSettings with(List<LimitRule> others) {
        return new LimitSettings(others, brake, maxBuckets, isShared, outage);
    }

    /** The same, in which every limit has a name. */
    LimitSettings named() {
        return with(LimitNames.complete(rules));
    }

    /** Whether there is anything to count. */
    public boolean isOn() {
        return !rules.isEmpty() || brake.mode() != BrakeSettings.Mode.OFF;
    }
}
