package io.tokenguard.dropwizard;

import io.tokenguard.access.AccessToken;
import io.tokenguard.jaxrs.RequiresScopes;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

@Path("/orders")
public class Orders {
    @GET
    @RequiresScopes("orders:read")
    public String list(@Context AccessToken token) {
        return "orders of " + token.subject().orElse("nobody");
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
