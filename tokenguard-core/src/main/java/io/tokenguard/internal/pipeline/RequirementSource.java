package io.tokenguard.internal.pipeline;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;

/** Finds the requirement of a request. */
public interface RequirementSource {
    /**
     * The requirement.
     *
     * @throws RefusedException if the request's path is ambiguous
     */
    MatchedRequirement find(IncomingRequest request) throws RefusedException;
}
