package io.tokenguard.migrating.microprofile.after;

import io.tokenguard.access.AccessToken;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

@Path("/orders")
public class OrderResource {
    @GET
    @RolesAllowed("clerk")
    public String list(@Context AccessToken token) {
        return "orders of " + token.text("upn").orElse("") + ", "
                + token.text("email").orElse("");
    }
}
