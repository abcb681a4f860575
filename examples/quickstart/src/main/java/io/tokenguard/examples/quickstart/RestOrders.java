package io.tokenguard.examples.quickstart;

import io.tokenguard.jaxrs.RequiresScopes;
import io.tokenguard.testkit.TestJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Sample orders; nothing is stored. */
@Path("/orders")
@Produces("application/json")
public final class RestOrders {
    /** All orders. */
    @GET
    @RequiresScopes("orders:read")
    public String list() {
        return TestJson.write(Map.of("orders", List.of(Map.of("id", 1, "item", "coffee"))));
    }

    /** One more order. */
    @POST
    @RequiresScopes("orders:write")
    public Response add() {
        return Response.status(Response.Status.CREATED)
                .entity(TestJson.write(Map.of("created", true)))
                .build();
    }
}
