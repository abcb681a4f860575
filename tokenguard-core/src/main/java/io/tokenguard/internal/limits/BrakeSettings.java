package io.tokenguard.internal.limits;

import io.tokenguard.internal.bounds.Bounds;

/**
 * How tokens are refused unverified if they come from networks that sent many bad ones.
 *
 * @param mode whether they are
 * @param maxFailures how many bad tokens a network can send in a minute before its brake is on
 * @param newTokens how many tokens a second, never seen before, are verified for a network whose brake is on; at least 1
 */
public record BrakeSettings(Mode mode, int maxFailures, int newTokens) {
    /** The defaults. */
    public static final BrakeSettings OFF = new BrakeSettings(Mode.OFF, 60, 5);

    /** Whether the brake works. */
    public enum Mode {
        /** Not at all. */
        OFF,
        /** What it would refuse is reported only. */
        REPORT_ONLY,
        /** It refuses. */
        ON
    }

    /** The same with another mode. */
    public BrakeSettings mode(Mode chosen) {
        return new BrakeSettings(chosen, maxFailures, newTokens);
    }

    /** The same for another number of failures a minute. */
    public BrakeSettings maxFailures(int most) {
        return new BrakeSettings(mode, Bounds.between("tokenguard.brake.max-failures", most, 1, 100_000), newTokens);
    }

    /** The same for another number of new tokens a second. */
    public BrakeSettings newTokens(int most) {
        return new BrakeSettings(mode, maxFailures, Bounds.between("tokenguard.brake.new-tokens", most, 1, 10_000));
    }
}
