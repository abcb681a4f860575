package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;

/** Finds what a request needs. */
public interface RequirementSource {
    /**
     * The requirement.
     *
     * @throws RefusedException if the request's path is not served
     */
    AccessRequirement find(IncomingRequest request) throws RefusedException;
}
