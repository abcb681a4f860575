package io.tokenguard.quarkus;

import io.tokenguard.jaxrs.RequiresScopes;
import io.tokenguard.jaxrs.TokenGuardFeature;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

@Path("/orders")
public class Orders {
    @GET
    @RequiresScopes("orders:read")
    public String list(@Context SecurityContext identity) {
        return "orders of "
                + TokenGuardFeature.accessToken(identity)
                        .orElseThrow()
                        .subject()
                        .orElse("nobody");
    }

    @POST
    @RequiresScopes("orders:write")
    public String add(String order) {
        return "added " + order;
    }

    @GET
    @Path("opening-hours")
    @PermitAll
    public String openingHours() {
        return "always";
    }
}
