package io.tokenguard;

import io.tokenguard.config.Introspection;
import io.tokenguard.internal.claims.ClaimsPolicy;

/**
 * On which terms the answers of an issuer are taken.
 *
 * @param settings how it is asked
 * @param answers what its answers have to say
 * @param isUnnamed whether nothing is known of the issuer but where it answers: signed tokens of its own are then none
 */
record AnswerTerms(Introspection settings, ClaimsPolicy answers, boolean isUnnamed) {
    /** The same of another issuer. */
    AnswerTerms of(String issuer) {
        return new AnswerTerms(settings, answers.of(issuer, answers.shape()), isUnnamed);
    }
}
