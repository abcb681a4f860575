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

    /**
     * Learns what is usual for each subject and client (networks, programs, routes, hours, request rate), and scores each granted
     * request by how unusual it is. A high score is no proof of theft: people travel and buy devices. Applies to unbound tokens.
     * Immutable: each method returns a new value.
     *
     * @param mode what an unusual request causes. Default: {@link Answer#OFF}
     * @param scores from which scores on. Default: report from 50, respond from 60
     * @param learningDays on how many days a subject must have been active before its requests are scored. Default: 3; 1 to 30
     * @param maxSubjects how many subjects are remembered, in equal shares for the issuers; at most 512 bytes each. Default: 20000;
     *     100 to 1000000
     * @param stepUpMaxAge how old an authentication may be that {@link Answer#STEP_UP} demands. Default: 5 min; 10 s to 1 h
     * @param maxPerMinute how many unusual requests a minute {@link Answer#LIMIT} grants to a subject. Default: 10; 1 to 10000
     * @see io.tokenguard.TokenGuardBuilder#theftBaseline(Baseline)
     */
    public record Baseline(
            Answer mode, Scores scores, int learningDays, int maxSubjects, Duration stepUpMaxAge, int maxPerMinute) {
        private static final String PREFIX = "tokenguard.theft-baseline.";

        /** What a request causes whose score reaches {@link Scores#response()}. Each mode but {@link #OFF} also reports it. */
        public enum Answer {
            /** Nothing is learned. */
            OFF,
            /** It is reported ({@link io.tokenguard.spi.GuardObserver#suspected}), and granted. */
            REPORT,
            /** It is granted only if the issuer confirms now that the token is active (RFC 7662 §2). */
            FRESH,
            /** It is granted only if the user authenticated recently (RFC 9470 §3). Tokens of clients without a user are refused. */
            STEP_UP,
            /** It is granted as long as there are not too many in a minute; further ones get 429. */
            LIMIT,
            /** The token is revoked, and the request refused. The owner loses the token too. */
            REVOKE
        }

        /**
         * The scores that cause something, from 1 to 100: about 5 points for each halving of the likelihood.
         *
         * @param report from which score on a request is reported
         * @param response from which score on it causes what the mode says; not less than {@code report}
         */
        public record Scores(int report, int response) {}

        /** Nothing is learned. */
        public static Baseline off() {
            return new Baseline(Answer.OFF, new Scores(50, 60), 3, 20_000, Duration.ofMinutes(5), 10);
        }

        /** Unusual requests are reported. */
        public static Baseline report() {
            return off().mode(Answer.REPORT);
        }

        /** What an unusual request causes. */
        public Baseline mode(Answer chosen) {
            return new Baseline(chosen, scores, learningDays, maxSubjects, stepUpMaxAge, maxPerMinute);
        }

        /**
         * From which score on a request is reported.
         *
         * @throws ConfigurationException if it is less than 1 or more than 100
         */
        public Baseline reportScore(int score) {
            return scores(new Scores(Bounds.between(PREFIX + "report-score", score, 1, 100), scores.response()));
        }

        /**
         * From which score on a request causes what the mode says.
         *
         * @throws ConfigurationException if it is less than 1 or more than 100
         */
        public Baseline responseScore(int score) {
            return scores(new Scores(scores.report(), Bounds.between(PREFIX + "response-score", score, 1, 100)));
        }

        private Baseline scores(Scores chosen) {
            return new Baseline(mode, chosen, learningDays, maxSubjects, stepUpMaxAge, maxPerMinute);
        }

        /**
         * On how many days a subject must have been active before its requests are scored.
         *
         * @throws ConfigurationException if it is less than 1 or more than 30
         */
        public Baseline learningDays(int days) {
            int bounded = Bounds.between(PREFIX + "learning-days", days, 1, 30);
            return new Baseline(mode, scores, bounded, maxSubjects, stepUpMaxAge, maxPerMinute);
        }

        /**
         * How many subjects are remembered.
         *
         * @throws ConfigurationException if it is less than 100 or more than 1000000
         */
        public Baseline maxSubjects(int number) {
            int bounded = Bounds.between(PREFIX + "max-subjects", number, 100, 1_000_000);
            return new Baseline(mode, scores, learningDays, bounded, stepUpMaxAge, maxPerMinute);
        }

        /**
         * How old the authentication may be that {@link Answer#STEP_UP} demands.
         *
         * @throws ConfigurationException if it is less than 10 s or more than 1 h
         */
        public Baseline stepUpMaxAge(Duration age) {
            Duration bounded =
                    Bounds.between(PREFIX + "step-up-max-age", age, Duration.ofSeconds(10), Duration.ofHours(1));
            return new Baseline(mode, scores, learningDays, maxSubjects, bounded, maxPerMinute);
        }

        /**
         * How many unusual requests a minute {@link Answer#LIMIT} grants to a subject.
         *
         * @throws ConfigurationException if it is less than 1 or more than 10000
         */
        public Baseline maxPerMinute(int number) {
            int bounded = Bounds.between(PREFIX + "max-per-minute", number, 1, 10_000);
            return new Baseline(mode, scores, learningDays, maxSubjects, stepUpMaxAge, bounded);
        }
    }
}
