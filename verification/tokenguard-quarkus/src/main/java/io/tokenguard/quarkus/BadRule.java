package io.tokenguard.quarkus;

import io.quarkus.arc.profile.IfBuildProfile;
import io.tokenguard.jaxrs.RequiresScopes;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

@Path("/bad-rule")
@IfBuildProfile("bad-rule")
public class BadRule {
    @GET
    @PermitAll
    @RequiresScopes("a")
    public String serve() {
        return "reached";
    }
}
