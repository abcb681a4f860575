package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How requests are answered.
 *
 * @param realm the protection space in challenges
 * @param isUniform whether all bad tokens get the same answer
 * @param hasProblemDetails whether the bodies of refusals are problem details
 * @param hidesCredentials whether the application can't see credentials; empty if nothing is set
 * @param cors which scripts of other origins can use the API
 * @param health the health document
 */
public record AnswerSettings(
        String realm,
        boolean isUniform,
        boolean hasProblemDetails,
        Optional<Boolean> hidesCredentials,
        CorsSettings cors,
        HealthSettings health) {
    static final AnswerSettings USUAL =
            new AnswerSettings("api", false, false, Optional.empty(), CorsSettings.NONE, HealthSettings.OFF);

    /** The same in another protection space. */
    public AnswerSettings in(String space) {
        return new AnswerSettings(space, isUniform, hasProblemDetails, hidesCredentials, cors, health);
    }

    /** The same, with one answer for all bad tokens. */
    public AnswerSettings uniform() {
        return new AnswerSettings(realm, true, hasProblemDetails, hidesCredentials, cors, health);
    }

    /** The same, with problem details. */
    public AnswerSettings withProblemDetails() {
        return new AnswerSettings(realm, isUniform, true, hidesCredentials, cors, health);
    }

    /** The same, with or without credentials that the application can see. */
    public AnswerSettings hiding(boolean areHidden) {
        return new AnswerSettings(realm, isUniform, hasProblemDetails, Optional.of(areHidden), cors, health);
    }

    /** Changes which scripts of other origins can use the API. */
    public AnswerSettings cors(UnaryOperator<CorsSettings> change) {
        return new AnswerSettings(realm, isUniform, hasProblemDetails, hidesCredentials, change.apply(cors), health);
    }

    /** Changes the health document. */
    public AnswerSettings health(UnaryOperator<HealthSettings> change) {
        return new AnswerSettings(realm, isUniform, hasProblemDetails, hidesCredentials, cors, change.apply(health));
    }

    /**
     * Compares the settings.
     *
     * @param passesPreflight whether preflights pass without a token
     * @throws ConfigurationException if settings contradict each other
     */
    void check(boolean passesPreflight) {
        health.check();
        cors.check(passesPreflight);
    }
}
