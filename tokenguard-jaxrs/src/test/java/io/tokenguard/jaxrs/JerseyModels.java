package io.tokenguard.jaxrs;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.glassfish.jersey.process.Inflector;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.model.Resource;

/** Resources that are made in code, as only Jersey can. Apart from the tests, for RESTEasy could not load them. */
final class JerseyModels {
    private JerseyModels() {}

    /** As the page says where rules are strict. */
    static RestApplication withoutWadl(RestApplication application) {
        return application.withJersey(config -> config.property("jersey.config.server.wadl.disableWadl", true));
    }

    static RestApplication addTo(RestApplication application) {
        return application.withJersey(config -> {
            config.register(Leading.class);
            config.registerResources(
                    made("/made/lambda", request -> Response.ok("reached").build()));
            config.registerResources(made("/made/class", new Handler()));
            config.registerResources(made("/made/ruled", new RuledHandler()));
        });
    }

    /** {@code /x.json} is then {@code /x}, asked for as JSON. */
    static void takeSuffixesForMediaTypes(ResourceConfig config) {
        config.property(ServerProperties.MEDIA_TYPE_MAPPINGS, Map.of("json", MediaType.APPLICATION_JSON_TYPE));
    }

    private static Resource made(String path, Inflector<ContainerRequestContext, Response> handler) {
        Resource.Builder resource = Resource.builder(path);
        resource.addMethod("GET").handledBy(handler);
        return resource.build();
    }

    /** Leads to resources that are made in code. */
    @Path("/leading")
    public static class Leading {
        @Path("ruled")
        @RequiresScopes("b")
        public Resource ruled() {
            return made("", new RuledHandler());
        }

        @Path("bare")
        @RequiresScopes("b")
        public Resource bare() {
            return made("", new Handler());
        }
    }

    static class Handler implements Inflector<ContainerRequestContext, Response> {
        @Override
        public Response apply(ContainerRequestContext request) {
            return Response.ok("reached").build();
        }
    }

    @RequiresScopes("a")
    static class RuledHandler extends Handler {}
}
