package io.tokenguard.internal.settings;

import java.util.Optional;

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
        HealthSettings health) {}
