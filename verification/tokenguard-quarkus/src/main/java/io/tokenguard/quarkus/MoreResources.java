package io.tokenguard.quarkus;

import io.smallrye.mutiny.Uni;
import io.tokenguard.jaxrs.Authenticated;
import io.tokenguard.jaxrs.RequiresScopes;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What the guard has to get right beside plain methods. */
@Path("/more")
public class MoreResources {
    @GET
    @Path("unruled")
    public String unruled() {
        return "reached";
    }

    @GET
    @Path("later")
    @RequiresScopes("a")
    public Uni<String> later() {
        return Uni.createFrom().item("reached");
    }

    @Path("sub")
    @RequiresScopes("locator")
    public Sub sub() {
        return new StricterSub();
    }

    @Path("plain-sub")
    @RequiresScopes("locator")
    public OpenSub openSub() {
        return new OpenSub();
    }

    /** What the locator says that it leads to. */
    @Authenticated
    public interface Sub {
        @GET
        @RequiresScopes("method")
        String serve();
    }

    /** What it leads to. */
    public static class StricterSub implements Sub {
        @Override
        @RequiresScopes("stricter")
        public String serve() {
            return "reached";
        }
    }

    /** Open by itself. */
    public static class OpenSub {
        @GET
        @Path("open")
        @PermitAll
        public String open() {
            return "reached";
        }
    }
}
