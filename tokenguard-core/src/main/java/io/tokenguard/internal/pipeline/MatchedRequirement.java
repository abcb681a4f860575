package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.internal.telemetry.DecisionCounters;

/**
 * The requirement of a request.
 *
 * @param route where it comes from, as a number of {@link DecisionCounters}
 * @param requirement the requirement
 */
public record MatchedRequirement(int route, AccessRequirement requirement) {
    /** A requirement that an adapter supplied. */
    public static MatchedRequirement supplied(AccessRequirement requirement) {
        return new MatchedRequirement(DecisionCounters.SUPPLIED, requirement);
    }
}
