package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.time.Duration;

/**
 * Which uses of a token are reported as signs of theft ({@link io.tokenguard.spi.GuardObserver#suspected}). They are not proof:
 * people travel, and programs are updated. Immutable: each method returns a new value.
 *
 * @param mode whether detection is on. Default: {@link Mode#OFF}
 * @param maxNetworks how many networks (/24 of IPv4, /48 of IPv6) may use an unbound token. Default: 4; 1 to 100
 * @param maxAgents how many kinds of client programs may use such a token. Default: 4; 1 to 100
 * @param maxRefusedProofs how many proofs of a token may be refused. Default: 20; 1 to 10000
 * @param window how long a use counts, from the first one on. Default: 10 min; 10 s to 24 h
 * @see io.tokenguard.TokenGuardBuilder#theftDetection(TheftDetection)
 */
public record TheftDetection(Mode mode, int maxNetworks, int maxAgents, int maxRefusedProofs, Duration window) {
    /** Whether signs are reported, and tokens revoked. */
    public enum Mode {
        /** Detection is off. */
        OFF,
        /** Signs are reported. */
        REPORT,
        /**
         * Signs are reported, and an unbound token that comes from too many networks or kinds of programs is revoked. An
         * owner who changes networks can lose the token.
         */
        REVOKE
    }

    /** Detection is off. */
    public static TheftDetection off() {
        return new TheftDetection(Mode.OFF, 4, 4, 20, Duration.ofMinutes(10));
    }

    /** Signs are reported. */
    public static TheftDetection report() {
        return off().mode(Mode.REPORT);
    }

    /** Whether signs are reported, and tokens revoked. */
    public TheftDetection mode(Mode chosen) {
        return new TheftDetection(chosen, maxNetworks, maxAgents, maxRefusedProofs, window);
    }

    /**
     * How many networks may use an unbound token.
     *
     * @throws ConfigurationException if it is less than 1 or more than 100
     */
    public TheftDetection maxNetworks(int number) {
        int bounded = Bounds.between("tokenguard.theft-detection.max-networks", number, 1, 100);
        return new TheftDetection(mode, bounded, maxAgents, maxRefusedProofs, window);
    }

    /**
     * How many kinds of client programs, by {@code User-Agent}, may use an unbound token.
     *
     * @throws ConfigurationException if it is less than 1 or more than 100
     */
    public TheftDetection maxAgents(int number) {
        int bounded = Bounds.between("tokenguard.theft-detection.max-agents", number, 1, 100);
        return new TheftDetection(mode, maxNetworks, bounded, maxRefusedProofs, window);
    }

    /**
     * How many proofs of a token may be refused.
     *
     * @throws ConfigurationException if it is less than 1 or more than 10000
     */
    public TheftDetection maxRefusedProofs(int number) {
        int bounded = Bounds.between("tokenguard.theft-detection.max-refused-proofs", number, 1, 10_000);
        return new TheftDetection(mode, maxNetworks, maxAgents, bounded, window);
    }

    /**
     * How long a use counts.
     *
     * @throws ConfigurationException if it is less than 10 s or more than 24 h
     */
    public TheftDetection window(Duration time) {
        Duration bounded =
                Bounds.between("tokenguard.theft-detection.window", time, Duration.ofSeconds(10), Duration.ofHours(24));
        return new TheftDetection(mode, maxNetworks, maxAgents, maxRefusedProofs, bounded);
    }
}
