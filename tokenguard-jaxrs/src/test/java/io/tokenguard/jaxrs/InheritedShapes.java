package io.tokenguard.jaxrs;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.stream.Stream;

/** Rules on interfaces and superclasses. */
final class InheritedShapes {
    private InheritedShapes() {}

    static List<Object> resources() {
        return List.of(
                Bare.class,
                OwnRules.class,
                OwnClassRule.class,
                BareOfRuledType.class,
                Adding.class,
                TwoLevels.class,
                ThroughSuperclass.class,
                TwoInterfaces.class,
                OfRuledMethod.class,
                RuledOfBare.class,
                OfRuledClass.class,
                BareOfBare.class,
                OverridingWithMore.class,
                OverridingBarely.class,
                OfOpenClass.class,
                OfClosedClass.class,
                RuledTwice.class,
                OpenOfBare.class);
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                Shape.demands("a", "a rule on the method of an interface only", "/interface/bare"),
                Shape.demands("a", "a rule on the implementing method only", "/interface/own"),
                Shape.demands("a", "a rule on the implementing class only", "/interface/own-class"),
                Shape.demands("a", "a rule on an interface only", "/interface/type"),
                Shape.demands("a b", "rules on the method of an interface and its implementation", "/interface/adding"),
                Shape.demands("a", "a rule on the method of an interface that an interface extends", "/interface/two"),
                Shape.demands("a", "a rule on an interface of the superclass", "/interface/superclass"),
                Shape.demands("a b", "rules on the same method of two interfaces", "/interface/both"),
                Shape.demands("a", "a rule on the inherited method of an abstract class", "/class/method"),
                Shape.demands("a", "a rule on a class that only inherits methods", "/class/ruled"),
                Shape.demands("a", "a rule on the superclass", "/class/super"),
                Shape.demands(
                        "a", "a rule on the superclass, for a method that the subclass adds", "/class/super/added"),
                Shape.closed("no rule on a class that only inherits methods", "/class/none"),
                Shape.demands("a b", "rules on a method and the one that it overrides", "/class/more"),
                Shape.demands("a", "a rule on the method that one without a rule overrides", "/class/barely"),
                Shape.open("an open superclass, for a method that it declares", "/class/open/inherited"),
                Shape.open("an open superclass, for a method that is overridden", "/class/open/overridden"),
                Shape.closed("an open superclass, for a method that the subclass adds", "/class/open/added"),
                Shape.demands("a", "a closed superclass, for a method that states a rule", "/class/closed/scoped"),
                Shape.closed("a closed superclass, for a method that the subclass adds", "/class/closed/added"),
                Shape.demands("a b", "rules on a class and its superclass", "/class/twice"),
                Shape.open("an open class that only inherits methods", "/class/opened"));
    }

    public interface Service {
        @GET
        @RequiresScopes("a")
        String serve();
    }

    @Path("/interface/bare")
    public static class Bare implements Service {
        @Override
        public String serve() {
            return "reached";
        }
    }

    public interface PathsOnly {
        @GET
        String serve();
    }

    @Path("/interface/own")
    public static class OwnRules implements PathsOnly {
        @Override
        @RequiresScopes("a")
        public String serve() {
            return "reached";
        }
    }

    @Path("/interface/own-class")
    @RequiresScopes("a")
    public static class OwnClassRule implements PathsOnly {
        @Override
        public String serve() {
            return "reached";
        }
    }

    @RequiresScopes("a")
    public interface RuledType {
        @GET
        String serve();
    }

    @Path("/interface/type")
    public static class BareOfRuledType implements RuledType {
        @Override
        public String serve() {
            return "reached";
        }
    }

    @Path("/interface/adding")
    public static class Adding implements Service {
        @Override
        @RequiresScopes("b")
        public String serve() {
            return "reached";
        }
    }

    public interface Extending extends Service {}

    @Path("/interface/two")
    public static class TwoLevels implements Extending {
        @Override
        public String serve() {
            return "reached";
        }
    }

    public abstract static class Serving implements Service {}

    @Path("/interface/superclass")
    public static class ThroughSuperclass extends Serving {
        @Override
        public String serve() {
            return "reached";
        }
    }

    public interface OtherDemand {
        @RequiresScopes("b")
        String serve();
    }

    @Path("/interface/both")
    public static class TwoInterfaces implements Service, OtherDemand {
        @Override
        public String serve() {
            return "reached";
        }
    }

    public abstract static class RuledMethod {
        @GET
        @RequiresScopes("a")
        public String serve() {
            return "reached";
        }
    }

    @Path("/class/method")
    public static class OfRuledMethod extends RuledMethod {}

    public abstract static class BareMethod {
        @GET
        public String serve() {
            return "reached";
        }
    }

    @Path("/class/ruled")
    @RequiresScopes("a")
    public static class RuledOfBare extends BareMethod {}

    @RequiresScopes("a")
    public abstract static class RuledClass {
        @GET
        public String serve() {
            return "reached";
        }
    }

    @Path("/class/super")
    public static class OfRuledClass extends RuledClass {
        @GET
        @Path("added")
        public String added() {
            return "reached";
        }
    }

    @Path("/class/none")
    public static class BareOfBare extends BareMethod {}

    @Path("/class/more")
    public static class OverridingWithMore extends RuledMethod {
        @Override
        @GET
        @RequiresScopes("b")
        public String serve() {
            return "reached";
        }
    }

    @Path("/class/barely")
    public static class OverridingBarely extends RuledMethod {
        @Override
        @GET
        public String serve() {
            return "reached";
        }
    }

    @PermitAll
    public abstract static class OpenClass {
        @GET
        @Path("inherited")
        public String inherited() {
            return "reached";
        }

        @GET
        @Path("overridden")
        public String overridden() {
            return "reached";
        }
    }

    @Path("/class/open")
    public static class OfOpenClass extends OpenClass {
        @Override
        public String overridden() {
            return "reached";
        }

        @GET
        @Path("added")
        public String added() {
            return "reached";
        }
    }

    @DenyAll
    public abstract static class ClosedClass {}

    @Path("/class/closed")
    public static class OfClosedClass extends ClosedClass {
        @GET
        @Path("scoped")
        @RequiresScopes("a")
        public String scoped() {
            return "reached";
        }

        @GET
        @Path("added")
        public String added() {
            return "reached";
        }
    }

    @Path("/class/twice")
    @RequiresScopes("b")
    public static class RuledTwice extends RuledClass {}

    @Path("/class/opened")
    @PermitAll
    public static class OpenOfBare extends BareMethod {}
}
