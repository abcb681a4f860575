package io.tokenguard.internal.settings;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Route;
import io.tokenguard.internal.bounds.Bounds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The console. Its page is public and contains nothing; its interface requires a scope, a role, or both.
 *
 * @param path where it is served; empty if it is off
 * @param scope the required scope
 * @param role the required role
 */
public record ConsoleSettings(Optional<String> path, Optional<String> scope, Optional<String> role) {
    /** No console. */
    public static final ConsoleSettings OFF = new ConsoleSettings(Optional.empty(), Optional.empty(), Optional.empty());

    /** The key of the path. */
    public static final String PATH = "tokenguard.console.path";

    private static final String SCOPE = "tokenguard.console.scope";
    private static final String ROLE = "tokenguard.console.role";
    private static final String INTERFACE = "/api/**";

    /** The same, served at a path. */
    public ConsoleSettings at(String place) {
        if (!isPlainPath(place)) {
            throw ConfigurationException.of(
                    PATH, place, "write a path such as /console, of letters, digits and -._~ between single slashes");
        }
        return new ConsoleSettings(Optional.of(place), scope, role);
    }

    private static boolean isPlainPath(String place) {
        return place.length() > 1
                && place.startsWith("/")
                && !place.endsWith("/")
                && !place.contains("//")
                && !place.contains("/.")
                && place.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0));
    }

    /** The same, requiring a scope. */
    public ConsoleSettings requiringScope(String name) {
        return new ConsoleSettings(path, Optional.of(Bounds.text(SCOPE, name)), role);
    }

    /** The same, requiring a role. */
    public ConsoleSettings requiringRole(String name) {
        return new ConsoleSettings(path, scope, Optional.of(Bounds.text(ROLE, name)));
    }

    /** The rule that guards the interface; empty if the console is off. */
    public Optional<Route> guardedRoute() {
        return path.map(place -> Route.of(place + INTERFACE, requirement()));
    }

    private AccessRequirement requirement() {
        return Stream.concat(scope.map(AccessRequirement::scope).stream(), role.map(AccessRequirement::role).stream())
                .reduce(AccessRequirement::and)
                .orElse(AccessRequirement.denied());
    }

    /** The rules of page and interface. */
    public List<Route> routes() {
        return Stream.concat(
                        path.map(place -> Route.of("GET", place + "/**", AccessRequirement.open())).stream(),
                        guardedRoute().stream())
                .toList();
    }

    /** Requires the parts to fit together, and the application to have no rules of its own below the path. */
    void check(List<Route> applicationRoutes, Map<Route, String> keys) {
        if (path.isEmpty()) {
            requireUnset(SCOPE, scope);
            requireUnset(ROLE, role);
            return;
        }
        if (scope.isEmpty() && role.isEmpty()) {
            throw ConfigurationException.missing(
                    SCOPE,
                    PATH + " is '" + path.get()
                            + "'; name the scope that a token needs for the console, or set the role"
                            + " that it needs by " + ROLE);
        }
        String below = path.get() + "/";
        applicationRoutes.stream()
                .filter(route -> (route.pattern() + "/").startsWith(below))
                .findFirst()
                .ifPresent(route -> {
                    throw ConfigurationException.of(
                            PATH,
                            path.get(),
                            keys.getOrDefault(route, "a route") + " has the pattern '"
                                    + route.pattern()
                                    + "', and the console decides about these paths itself; remove the route, or move the"
                                    + " console");
                });
    }

    private static void requireUnset(String key, Optional<String> value) {
        if (value.isPresent()) {
            throw ConfigurationException.because(
                    key, "is set, and there is no console", "set " + PATH + " too, or remove it");
        }
    }
}
