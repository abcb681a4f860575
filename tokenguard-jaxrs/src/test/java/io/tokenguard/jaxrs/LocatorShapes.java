package io.tokenguard.jaxrs;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;

/** Rules on locators and on the sub-resources that they lead to. */
final class LocatorShapes {
    private LocatorShapes() {}

    static List<Object> resources() {
        return List.of(
                Shop.class,
                RuledShop.class,
                InterfaceShop.class,
                GenericShop.class,
                NarrowingShop.class,
                DefaultShop.class);
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                Shape.demands("a b", "rules on a locator and the sub-resource", "/shop/ruled/scoped"),
                Shape.demands("b", "a rule on the sub-resource only", "/shop/bare/scoped"),
                Shape.closed("a rule on the locator only", "/shop/ruled/none"),
                Shape.closed("no rule on a locator and the sub-resource", "/shop/bare/none"),
                Shape.demands("b", "an open locator", "/shop/open/scoped"),
                Shape.closed("a closed locator", "/shop/closed/scoped"),
                Shape.demands("a", "an open sub-resource behind a locator with a rule", "/shop/ruled/open"),
                Shape.open("an open sub-resource behind a locator without one", "/shop/bare/open"),
                Shape.demands("c b", "a locator with a template beside one without", "/shop/seven/scoped"),
                Shape.demands("a b", "a locator with an expression", "/shop/n123/scoped"),
                Shape.demands("a b c", "a locator of a sub-resource", "/shop/ruled/deeper/scoped"),
                Shape.demands("a b", "a sub-resource that leads to itself", "/shop/ruled/again/again/scoped"),
                Shape.demands("a b", "a sub-resource that is named by its class", "/shop/class/scoped"),
                Shape.demands("a b", "a sub-resource that is a proxy of an interface", "/shop/proxy/scoped"),
                Shape.demands("a b", "a sub-resource that is a proxy of a class", "/shop/subclass/scoped"),
                Shape.demands("a b", "a locator with a template inside a segment", "/shop/box-7.x/scoped"),
                Shape.demands("a b", "a locator with two segments", "/shop/two/segments/scoped"),
                Shape.demands("a b", "a rule on the class of the locator", "/ruled-shop/items/scoped"),
                Shape.demands("b", "a locator that opens in a class with a rule", "/ruled-shop/open/scoped"),
                Shape.demands("a b", "a rule on the locator of an interface", "/interface-shop/items/scoped"),
                Shape.demands("a b", "a generic locator", "/generic-shop/seven/scoped"),
                Shape.demands("b", "a locator beside a generic one", "/generic-shop/open/scoped"),
                Shape.demands("a b", "a locator whose result a subclass narrows", "/narrowing-shop/items/scoped"),
                Shape.demands("b", "a locator beside a narrowed one", "/narrowing-shop/open/scoped"),
                Shape.demands("a b", "a locator that an interface implements", "/default-shop/items/scoped"),
                Shape.demands("b", "a locator beside that of an interface", "/default-shop/open/scoped"));
    }

    @Path("/shop")
    public static class Shop {
        @Path("ruled")
        @RequiresScopes("a")
        public Items ruled() {
            return new Items();
        }

        @Path("bare")
        public Items bare() {
            return new Items();
        }

        @Path("open")
        @PermitAll
        public Items open() {
            return new Items();
        }

        @Path("closed")
        @DenyAll
        public Items closed() {
            return new Items();
        }

        @Path("{name}")
        @RequiresScopes("c")
        public Items named(@PathParam("name") String name) {
            return new Items();
        }

        @Path("{number: n[0-9]{3}}")
        @RequiresScopes("a")
        public Items numbered(@PathParam("number") String number) {
            return new Items();
        }

        @Path("class")
        @RequiresScopes("a")
        public Class<Items> byClass() {
            return Items.class;
        }

        @Path("proxy")
        @RequiresScopes("a")
        public Object byProxy() {
            return Proxy.newProxyInstance(
                    ItemsApi.class.getClassLoader(),
                    new Class<?>[] {ItemsApi.class},
                    (proxy, method, arguments) -> "reached");
        }

        @Path("subclass")
        @RequiresScopes("a")
        public Items bySubclass() {
            return new Items$$Proxy();
        }

        @Path("box-{number}.x")
        @RequiresScopes("a")
        public Items boxed(@PathParam("number") int number) {
            return new Items();
        }

        @Path("two/segments/")
        @RequiresScopes("a")
        public Items twoSegments() {
            return new Items();
        }
    }

    public interface ItemsApi {
        @GET
        @Path("scoped")
        @RequiresScopes("b")
        String scoped();
    }

    public static class Items {
        @GET
        @Path("scoped")
        @RequiresScopes("b")
        public String scoped() {
            return "reached";
        }

        @GET
        @Path("open")
        @PermitAll
        public String open() {
            return "reached";
        }

        @GET
        @Path("none")
        public String none() {
            return "reached";
        }

        @Path("deeper")
        @RequiresScopes("c")
        public Items deeper() {
            return new Items();
        }

        @Path("again")
        public Items again() {
            return this;
        }
    }

    public static class Items$$Proxy extends Items {
        @Override
        public String scoped() {
            return "reached";
        }
    }

    @Path("/ruled-shop")
    @RequiresScopes("a")
    public static class RuledShop {
        @Path("items")
        public Items items() {
            return new Items();
        }

        @Path("open")
        @PermitAll
        public Items open() {
            return new Items();
        }
    }

    public interface Locating {
        @Path("items")
        @RequiresScopes("a")
        Items items();
    }

    @Path("/interface-shop")
    public static class InterfaceShop implements Locating {
        @Override
        public Items items() {
            return new Items();
        }
    }

    public interface Finding<K> {
        @Path("{key}")
        @RequiresScopes("a")
        Items find(@PathParam("key") K key);
    }

    @Path("/generic-shop")
    public static class GenericShop implements Finding<String> {
        @Override
        public Items find(String key) {
            return new Items();
        }

        @Path("open")
        @PermitAll
        public Items open() {
            return new Items();
        }
    }

    public abstract static class WideShop {
        @Path("items")
        @RequiresScopes("a")
        public abstract Object items();
    }

    @Path("/narrowing-shop")
    public static class NarrowingShop extends WideShop {
        @Override
        public Items items() {
            return new Items();
        }

        @Path("open")
        @PermitAll
        public Items open() {
            return new Items();
        }
    }

    public interface Defaulting {
        @Path("items")
        @RequiresScopes("a")
        default Items items() {
            return new Items();
        }
    }

    @Path("/default-shop")
    public static class DefaultShop implements Defaulting {
        @Path("open")
        @PermitAll
        public Items open() {
            return new Items();
        }
    }
}
