package io.tokenguard.jaxrs;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.stream.Stream;

/** Subclasses as containers make them, which override everything and carry no annotation; registered as objects. */
final class ProxyShapes {
    private ProxyShapes() {}

    static List<Object> resources() {
        return List.of(
                new Orders$$Proxy(),
                new Ledger$$Proxy(),
                new Ledger$$Proxy$$Subclass(),
                new Pages$$Proxy(),
                new Forgotten$$Proxy());
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                Shape.demands("a", "a proxy of a class with a rule on its method", "/proxy/method"),
                Shape.demands("a", "a proxy of a class with a rule", "/proxy/class"),
                Shape.demands("a", "a proxy of a proxy", "/proxy/twice"),
                Shape.open("a proxy of an open class", "/proxy/open"),
                Shape.open("a proxy of an open class, for a method that it does not override", "/proxy/open/other"),
                Shape.closed("a proxy of a class without a rule", "/proxy/none"));
    }

    @Path("/proxy/method")
    public static class Orders {
        @GET
        @RequiresScopes("a")
        public String serve() {
            return "unreached";
        }
    }

    public static class Orders$$Proxy extends Orders {
        @Override
        public String serve() {
            return "reached";
        }
    }

    @Path("/proxy/class")
    @RequiresScopes("a")
    public static class Ledger {
        @GET
        public String serve() {
            return "unreached";
        }
    }

    public static class Ledger$$Proxy extends Ledger {
        @Override
        public String serve() {
            return "reached";
        }
    }

    @Path("/proxy/twice")
    public static class Ledger$$Proxy$$Subclass extends Ledger$$Proxy {
        @Override
        public String serve() {
            return "reached";
        }
    }

    @Path("/proxy/open")
    @PermitAll
    public static class Pages {
        @GET
        public String serve() {
            return "unreached";
        }

        @GET
        @Path("other")
        public String other() {
            return "reached";
        }
    }

    public static class Pages$$Proxy extends Pages {
        @Override
        public String serve() {
            return "reached";
        }
    }

    @Path("/proxy/none")
    public static class Forgotten {
        @GET
        public String serve() {
            return "unreached";
        }
    }

    public static class Forgotten$$Proxy extends Forgotten {
        @Override
        public String serve() {
            return "reached";
        }
    }
}
