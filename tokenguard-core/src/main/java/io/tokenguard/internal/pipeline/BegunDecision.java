package io.tokenguard.internal.pipeline;

import io.tokenguard.access.IncomingRequest;

/** A decision that observers know has begun, and that is made once: here, or on another thread. One thread at a time. */
public final class BegunDecision {
    private final IncomingRequest request;
    private final RequirementSource rules;
    private final AuditDetails details;

    BegunDecision(IncomingRequest request, RequirementSource rules, AuditDetails details) {
        this.request = request;
        this.rules = rules;
        this.details = details;
    }

    IncomingRequest request() {
        return request;
    }

    RequirementSource rules() {
        return rules;
    }

    AuditDetails details() {
        return details;
    }
}
