package io.tokenguard.internal.request;

import io.tokenguard.access.Route;
import java.util.Set;
import java.util.TreeSet;

/**
 * Methods that a rule does not name, for which a wider rule decides that requires less or something else.
 *
 * @param narrow the rule
 * @param wide the rule that decides about the other methods
 * @param methods those methods
 */
public record MethodGap(Route narrow, Route wide, Set<String> methods) {
    /** Copies the methods, in their order. */
    public MethodGap {
        methods = new TreeSet<>(methods);
    }

    /** The gap and its remedy, in one line. */
    @Override
    public String toString() {
        return "the route '" + name(narrow) + "' does not cover " + String.join(",", methods)
                + " of the same paths, which"
                + " the route '" + name(wide) + "' decides; it requires less or something else. Name these methods"
                + " in a route for " + narrow.pattern() + ", or write '" + String.join(",", methods) + " "
                + narrow.pattern() + " deny'";
    }

    private static String name(Route route) {
        boolean isForAll = route.methods().equals(Route.EVERY_METHOD);
        return (isForAll ? "" : String.join(",", new TreeSet<>(route.methods())) + " ") + route.pattern();
    }
}
