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

/** Resources that say what they demand; any valid token will do where they say no more. */
@Path("/")
@Produces("application/json")
@Authenticated
public final class RestIdentity {
    /** Whose token the request carries. */
    @GET
    @Path("me")
    public String me(@Context AccessToken token) {
        return TestJson.write(Identity.of(token));
    }

    /** What either of two scopes lets see. */
    @GET
    @Path("any")
    @RequiresScopes(anyOf = {"reports:read", "reports:admin"})
    public String any() {
        return TestJson.write(Map.of("reports", 2));
    }

    /** What only somebody may do who has just logged in well. */
    @GET
    @Path("transfer")
    @RequiresAuthentication(acr = "urn:example:gold", maxAge = 300)
    public String transfer() {
        return TestJson.write(Map.of("transferred", true));
    }
}
