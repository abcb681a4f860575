package io.tokenguard.internal.request;

import io.tokenguard.access.Route;
import java.util.Set;
import java.util.TreeSet;

/**
 * A path next to those of a rule, for which a wider rule decides that requires less or something else.
 *
 * @param narrow the rule
 * @param wide the rule that matches the path
 * @param path the path; {@code {any}} means any name
 */
public record RouteGap(Route narrow, Route wide, String path) {
    /** The gap and its remedy, in one line. */
    @Override
    public String toString() {
        return "the route '" + name(narrow) + "' does not cover " + path + ", which the route '" + name(wide)
                + "' decides; it requires less or something else. If the resource serves that path too, write '"
                + remedy()
                + "'";
    }

    private String remedy() {
        String base = narrow.pattern().endsWith("/*")
                ? narrow.pattern().substring(0, narrow.pattern().length() - 2)
                : narrow.pattern();
        return prefix(narrow) + base + "/**";
    }

    private static String name(Route route) {
        return prefix(route) + route.pattern();
    }

    private static String prefix(Route route) {
        Set<String> methods = new TreeSet<>(route.methods());
        return route.methods().equals(Route.EVERY_METHOD) ? "" : String.join(",", methods) + " ";
    }
}
