package io.tokenguard.migrating.microprofile.before;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.jwt.Claim;
import org.eclipse.microprofile.jwt.JsonWebToken;

@Path("/orders")
@RequestScoped
public class OrderResource {
    private final JsonWebToken token;
    private final String email;

    @Inject
    public OrderResource(JsonWebToken token, @Claim("email") String email) {
        this.token = token;
        this.email = email;
    }

    @GET
    @RolesAllowed("clerk")
    public String list() {
        return "orders of " + token.getName() + ", " + email;
    }
}
