package io.tokenguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.function.Function;

/** Sees a request first, before other filters can rewrite it. */
@PreMatching
@Priority(Integer.MIN_VALUE)
final class ArrivalFilter implements ContainerRequestFilter {
    private final Function<ContainerRequestContext, String> clientAddress;
    private final EndpointListing endpoints;

    ArrivalFilter(Function<ContainerRequestContext, String> clientAddress, EndpointListing endpoints) {
        this.clientAddress = clientAddress;
        this.endpoints = endpoints;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        endpoints.beginToServe();
        Judgement.forget(request);
        WireRequest.of(request, clientAddress.apply(request)).keepIn(request);
    }
}
