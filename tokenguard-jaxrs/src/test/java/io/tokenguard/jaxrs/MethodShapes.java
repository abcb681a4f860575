package io.tokenguard.jaxrs;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.stream.Stream;

/** Rules on methods and classes that inherit nothing. */
final class MethodShapes {
    private MethodShapes() {}

    static List<Object> resources() {
        return List.of(Methods.class, Scoped.class, Opened.class, Closed.class, Known.class, Administered.class);
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                Shape.demands("a", "one scope on a method", "/methods/one"),
                Shape.demands("a b", "two scopes on a method", "/methods/two"),
                Shape.demandsAny("a|b", "any of two scopes on a method", "/methods/any"),
                Shape.demands("c a", "scopes and any of others on a method", "/methods/both"),
                Shape.demands("role:x role:y", "two roles on a method", "/methods/roles"),
                Shape.demandsAny("role:x|role:y", "any of two roles on a method", "/methods/any-role"),
                Shape.demandsAny("role:x|role:y", "Jakarta's roles on a method", "/methods/jakarta-roles"),
                Shape.authenticated("Jakarta's every role on a method", "/methods/every-role"),
                Shape.open("a method open to everyone", "/methods/open"),
                Shape.closed("a method closed to everyone", "/methods/closed"),
                Shape.authenticated("a method for any token", "/methods/known"),
                Shape.closed("a method without a rule", "/methods/none"),
                Shape.demands("a role:x", "a scope and a role on a method", "/methods/scope-and-role"),
                Shape.demands("a", "a method behind an expression", "/methods/7-expression"),
                Shape.demands("a", "a rule of a class", "/scoped/plain"),
                Shape.open("a method that opens in a class that demands", "/scoped/open"),
                Shape.demands("b", "a method that demands otherwise than its class", "/scoped/other"),
                Shape.open("a class open to everyone", "/opened/plain"),
                Shape.demands("a", "a method that demands in a class that is open", "/opened/scoped"),
                Shape.closed("a class closed to everyone", "/closed/plain"),
                Shape.demands("a", "a method that demands in a class that is closed", "/closed/scoped"),
                Shape.authenticated("a class for any token", "/known/plain"),
                Shape.demands("a", "a method that demands in a class for any token", "/known/scoped"),
                Shape.closed("a method that is closed in a class for any token", "/known/closed"),
                Shape.demands("role:x", "Jakarta's roles on a class", "/administered"));
    }

    @Path("/methods")
    public static class Methods {
        @GET
        @Path("one")
        @RequiresScopes("a")
        public String one() {
            return "reached";
        }

        @GET
        @Path("two")
        @RequiresScopes({"a", "b"})
        public String two() {
            return "reached";
        }

        @GET
        @Path("any")
        @RequiresScopes(anyOf = {"a", "b"})
        public String any() {
            return "reached";
        }

        @GET
        @Path("both")
        @RequiresScopes(
                value = "c",
                anyOf = {"a", "b"})
        public String both() {
            return "reached";
        }

        @GET
        @Path("roles")
        @RequiresRoles({"x", "y"})
        public String roles() {
            return "reached";
        }

        @GET
        @Path("any-role")
        @RequiresRoles(anyOf = {"x", "y"})
        public String anyRole() {
            return "reached";
        }

        @GET
        @Path("jakarta-roles")
        @RolesAllowed({"x", "y"})
        public String jakartaRoles() {
            return "reached";
        }

        @GET
        @Path("every-role")
        @RolesAllowed("**")
        public String everyRole() {
            return "reached";
        }

        @GET
        @Path("open")
        @PermitAll
        public String open() {
            return "reached";
        }

        @GET
        @Path("closed")
        @DenyAll
        public String closed() {
            return "reached";
        }

        @GET
        @Path("known")
        @Authenticated
        public String known() {
            return "reached";
        }

        @GET
        @Path("none")
        public String none() {
            return "reached";
        }

        @GET
        @Path("scope-and-role")
        @RequiresScopes("a")
        @RequiresRoles("x")
        public String scopeAndRole() {
            return "reached";
        }

        @GET
        @Path("{digits: [0-9]+}-expression")
        @RequiresScopes("a")
        public String expression(@PathParam("digits") String digits) {
            return "reached";
        }
    }

    @Path("/scoped")
    @RequiresScopes("a")
    public static class Scoped {
        @GET
        @Path("plain")
        public String plain() {
            return "reached";
        }

        @GET
        @Path("open")
        @PermitAll
        public String open() {
            return "reached";
        }

        @GET
        @Path("other")
        @RequiresScopes("b")
        public String other() {
            return "reached";
        }
    }

    @Path("/opened")
    @PermitAll
    public static class Opened {
        @GET
        @Path("plain")
        public String plain() {
            return "reached";
        }

        @GET
        @Path("scoped")
        @RequiresScopes("a")
        public String scoped() {
            return "reached";
        }
    }

    @Path("/closed")
    @DenyAll
    public static class Closed {
        @GET
        @Path("plain")
        public String plain() {
            return "reached";
        }

        @GET
        @Path("scoped")
        @RequiresScopes("a")
        public String scoped() {
            return "reached";
        }
    }

    @Path("/known")
    @Authenticated
    public static class Known {
        @GET
        @Path("plain")
        public String plain() {
            return "reached";
        }

        @GET
        @Path("scoped")
        @RequiresScopes("a")
        public String scoped() {
            return "reached";
        }

        @GET
        @Path("closed")
        @DenyAll
        public String closed() {
            return "reached";
        }
    }

    @Path("/administered")
    @RolesAllowed("x")
    public static class Administered {
        @GET
        public String plain() {
            return "reached";
        }
    }
}
