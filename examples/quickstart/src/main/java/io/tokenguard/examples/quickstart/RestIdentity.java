package io.tokenguard.examples.quickstart;

import io.tokenguard.access.AccessToken;
import io.tokenguard.jaxrs.Authenticated;
import io.tokenguard.jaxrs.RequiresAuthentication;
import io.tokenguard.jaxrs.RequiresScopes;
import io.tokenguard.testkit.TestJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import java.util.Map;

/** Annotated resources; without a further annotation, any valid token is accepted. */
@Path("/")
@Produces("application/json")
@Authenticated
public final class RestIdentity {
    /** Returns the identity in the request's token. */
    @GET
    @Path("me")
    public String me(@Context AccessToken token) {
        return TestJson.write(Identity.of(token));
    }

    /** A resource that needs one of two scopes. */
    @GET
    @Path("any")
    @RequiresScopes(anyOf = {"reports:read", "reports:admin"})
    public String any() {
        return TestJson.write(Map.of("reports", 2));
    }

    /** A resource that needs a strong and recent login. */
    @GET
    @Path("transfer")
    @RequiresAuthentication(acr = "urn:example:gold", maxAge = 300)
    public String transfer() {
        return TestJson.write(Map.of("transferred", true));
    }
}
