package io.tokenguard.internal.settings;

import java.util.List;
import java.util.Optional;

/**
 * How requests are answered.
 *
 * @param realm the protection space in challenges
 * @param isUniform whether all bad tokens get the same answer
 * @param hasProblemDetails whether the bodies of refusals are problem details
 * @param hidesCredentials whether the application can't see credentials; empty if nothing is set
 * @param corsOrigins the origins whose scripts can read refusals
 * @param health the health document
 */
public record AnswerSettings(
        String realm,
        boolean isUniform,
        boolean hasProblemDetails,
        Optional<Boolean> hidesCredentials,
        List<String> corsOrigins,
        HealthSettings health) {
    /** Copies the origins. */
    public AnswerSettings {
        corsOrigins = List.copyOf(corsOrigins);
    }
}
