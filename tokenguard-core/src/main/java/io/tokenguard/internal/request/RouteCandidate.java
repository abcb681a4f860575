package io.tokenguard.internal.request;

import io.tokenguard.access.Route;

/**
 * A rule whose paths match a request, for explanations.
 *
 * @param route the rule
 * @param effect what the rule does for the request
 */
public record RouteCandidate(Route route, Effect effect) {
    /** What a rule does for a request whose path it matches. */
    public enum Effect {
        /** It is the most specific rule: its requirement decides. */
        DECIDES,
        /** Some frameworks read the path as one of this rule: its requirement has to be met too. */
        ADDS,
        /** A more specific rule decides, or the path is only similar and no rule decides. */
        LESS_SPECIFIC,
        /** It is for other methods. */
        OTHER_METHODS
    }
}
