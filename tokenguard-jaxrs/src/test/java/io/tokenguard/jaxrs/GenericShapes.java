package io.tokenguard.jaxrs;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.stream.Stream;

/** Rules on generic methods, which the compiler bridges, and on overloaded ones. */
final class GenericShapes {
    private GenericShapes() {}

    static List<Object> resources() {
        return List.of(
                Notes.class,
                OwnNotes.class,
                BaseNotes.class,
                DeepNotes.class,
                Overloaded.class,
                Narrowed.class,
                Bounded.class,
                Lists.class);
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                Shape.demands("a", "a rule on the method of a generic interface", "/generic/interface/1"),
                Shape.demands("a", "a rule on the implementation of a generic method", "/generic/own/1"),
                Shape.demands("a", "a rule on the abstract method of a generic class", "/generic/class/1"),
                Shape.demands("a", "a rule two generic levels up", "/generic/deep/1"),
                Shape.demands("a", "an overloaded method", "/generic/overloaded/text"),
                Shape.demands("b", "the other overloaded method", "/generic/overloaded/number/1"),
                Shape.demands("a", "a rule on a method whose result a subclass narrows", "/generic/narrowed"),
                Shape.demands("a", "a rule on a method of a bounded type", "/generic/bounded/1"),
                Shape.demands("a", "a rule on a method with a list of a generic type", "/generic/list"));
    }

    public interface Crud<T> {
        @RequiresScopes("a")
        String find(T key);
    }

    @Path("/generic/interface/{key}")
    public static class Notes implements Crud<String> {
        @Override
        @GET
        public String find(@PathParam("key") String key) {
            return "reached";
        }
    }

    public interface PlainCrud<T> {
        String find(T key);
    }

    @Path("/generic/own/{key}")
    public static class OwnNotes implements PlainCrud<String> {
        @Override
        @GET
        @RequiresScopes("a")
        public String find(@PathParam("key") String key) {
            return "reached";
        }
    }

    public abstract static class CrudBase<T> {
        @RequiresScopes("a")
        public abstract String find(T key);
    }

    @Path("/generic/class/{key}")
    public static class BaseNotes extends CrudBase<Integer> {
        @Override
        @GET
        public String find(@PathParam("key") Integer key) {
            return "reached";
        }
    }

    public abstract static class Middle<K, V> extends CrudBase<V> {
        public abstract K other();
    }

    @Path("/generic/deep/{key}")
    public static class DeepNotes extends Middle<Long, String> {
        @Override
        @GET
        public String find(@PathParam("key") String key) {
            return "reached";
        }

        @Override
        public Long other() {
            return 1L;
        }
    }

    public interface Finder {
        @RequiresScopes("a")
        String find(String key);

        @RequiresScopes("b")
        String find(Integer key);
    }

    @Path("/generic/overloaded")
    public static class Overloaded implements Finder {
        @Override
        @GET
        @Path("text")
        public String find(@PathParam("key") String key) {
            return "reached";
        }

        @Override
        @GET
        @Path("number/{key}")
        public String find(@PathParam("key") Integer key) {
            return "reached";
        }
    }

    public abstract static class Wide {
        @RequiresScopes("a")
        public abstract Object serve();
    }

    @Path("/generic/narrowed")
    public static class Narrowed extends Wide {
        @Override
        @GET
        public String serve() {
            return "reached";
        }
    }

    public interface BoundedCrud<T extends Number> {
        @RequiresScopes("a")
        String find(T key);
    }

    @Path("/generic/bounded/{key}")
    public static class Bounded implements BoundedCrud<Long> {
        @Override
        @GET
        public String find(@PathParam("key") Long key) {
            return "reached";
        }
    }

    public interface ListCrud<T> {
        @RequiresScopes("a")
        String saveAll(List<T> all);
    }

    @Path("/generic/list")
    public static class Lists implements ListCrud<String> {
        @Override
        @GET
        public String saveAll(@QueryParam("all") List<String> all) {
            return "reached";
        }
    }
}
