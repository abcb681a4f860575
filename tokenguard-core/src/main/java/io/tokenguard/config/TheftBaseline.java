package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.time.Duration;

/**
 * Learns what is usual for each subject and client (networks, programs, routes, hours, request rate), and scores each granted
 * request by how unusual it is. A high score is no proof of theft: people travel and buy devices. Applies to unbound tokens.
 * Immutable: each method returns a new value.
 *
 * @param mode what an unusual request causes. Default: {@link Mode#OFF}
 * @param scores from which scores on. Default: report from 50, respond from 60
 * @param learningDays on how many days a subject must have been active before its requests are scored. Default: 3; 1 to 30
 * @param maxSubjects how many subjects are remembered, in equal shares for the issuers; at most 512 bytes each. Default: 20000;
 *     100 to 1000000
 * @param stepUpMaxAge how old an authentication may be that {@link Mode#STEP_UP} demands. Default: 5 min; 10 s to 1 h
 * @param maxPerMinute how many unusual requests a minute {@link Mode#LIMIT} grants to a subject. Default: 10; 1 to 10000
 * @see io.tokenguard.TokenGuardBuilder#theftBaseline(TheftBaseline)
 */
public record TheftBaseline(
        Mode mode, Scores scores, int learningDays, int maxSubjects, Duration stepUpMaxAge, int maxPerMinute) {
    private static final String PREFIX = "tokenguard.theft-baseline.";

    /** What a request causes whose score reaches {@link Scores#response()}. Each mode but {@link #OFF} also reports it. */
    public enum Mode {
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
    public static TheftBaseline off() {
        return new TheftBaseline(Mode.OFF, new Scores(50, 60), 3, 20_000, Duration.ofMinutes(5), 10);
    }

    /** Unusual requests are reported. */
    public static TheftBaseline report() {
        return off().mode(Mode.REPORT);
    }

    /** What an unusual request causes. */
    public TheftBaseline mode(Mode chosen) {
        return new TheftBaseline(chosen, scores, learningDays, maxSubjects, stepUpMaxAge, maxPerMinute);
    }

    /**
     * From which score on a request is reported.
     *
     * @throws ConfigurationException if it is less than 1 or more than 100
     */
    public TheftBaseline reportScore(int score) {
        return scores(new Scores(Bounds.between(PREFIX + "report-score", score, 1, 100), scores.response()));
    }

    /**
     * From which score on a request causes what the mode says.
     *
     * @throws ConfigurationException if it is less than 1 or more than 100
     */
    public TheftBaseline responseScore(int score) {
        return scores(new Scores(scores.report(), Bounds.between(PREFIX + "response-score", score, 1, 100)));
    }

    private TheftBaseline scores(Scores chosen) {
        return new TheftBaseline(mode, chosen, learningDays, maxSubjects, stepUpMaxAge, maxPerMinute);
    }

    /**
     * On how many days a subject must have been active before its requests are scored.
     *
     * @throws ConfigurationException if it is less than 1 or more than 30
     */
    public TheftBaseline learningDays(int days) {
        int bounded = Bounds.between(PREFIX + "learning-days", days, 1, 30);
        return new TheftBaseline(mode, scores, bounded, maxSubjects, stepUpMaxAge, maxPerMinute);
    }

    /**
     * How many subjects are remembered.
     *
     * @throws ConfigurationException if it is less than 100 or more than 1000000
     */
    public TheftBaseline maxSubjects(int number) {
        int bounded = Bounds.between(PREFIX + "max-subjects", number, 100, 1_000_000);
        return new TheftBaseline(mode, scores, learningDays, bounded, stepUpMaxAge, maxPerMinute);
    }

    /**
     * How old the authentication may be that {@link Mode#STEP_UP} demands.
     *
     * @throws ConfigurationException if it is less than 10 s or more than 1 h
     */
    public TheftBaseline stepUpMaxAge(Duration age) {
        Duration bounded = Bounds.between(PREFIX + "step-up-max-age", age, Duration.ofSeconds(10), Duration.ofHours(1));
        return new TheftBaseline(mode, scores, learningDays, maxSubjects, bounded, maxPerMinute);
    }

    /**
     * How many unusual requests a minute {@link Mode#LIMIT} grants to a subject.
     *
     * @throws ConfigurationException if it is less than 1 or more than 10000
     */
    public TheftBaseline maxPerMinute(int number) {
        int bounded = Bounds.between(PREFIX + "max-per-minute", number, 1, 10_000);
        return new TheftBaseline(mode, scores, learningDays, maxSubjects, stepUpMaxAge, bounded);
    }
}
