package io.tokenguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** Runs first, before other filters can change the request. */
@PreMatching
@Priority(Integer.MIN_VALUE)
final class ArrivalFilter implements ContainerRequestFilter {
    private final EndpointListing endpoints;

    ArrivalFilter(EndpointListing endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        endpoints.beginToServe();
        RequestDecision.forget(request);
        ThresholdFilter.forget(request);
        WireRequest.of(request).keepIn(request);
    }
}
