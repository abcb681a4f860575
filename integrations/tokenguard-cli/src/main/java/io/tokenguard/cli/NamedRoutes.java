package io.tokenguard.cli;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Route;
import io.tokenguard.internal.assembly.GuardedRoutes;
import io.tokenguard.internal.request.RouteTable;
import io.tokenguard.internal.settings.AccessSettings;
import io.tokenguard.internal.settings.ConsoleSettings;
import io.tokenguard.internal.settings.GuardSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routes of a configuration, with their keys: those of the application, of the console, and of the API's metadata.
 *
 * @param table the routes
 * @param access the application's routes and the console, with their keys
 * @param requirements the words of each of the application's routes after the path
 */
record NamedRoutes(RouteTable table, AccessSettings access, Map<Route, String> requirements) {
    /** What is known about a request that no route covers. */
    static final String BY_ANNOTATIONS =
            "no route matches; not known here: annotations decide (Spring, Jakarta REST); the servlet"
                    + " filter alone denies the request";

    private static final String PREFIX = "tokenguard.routes.";
    private static final String CONSOLE = "tokenguard.console.";

    /**
     * Reads the routes.
     *
     * @throws io.tokenguard.access.ConfigurationException if one is wrong, or two contradict each other; names their keys
     */
    static NamedRoutes of(Configuration configuration) {
        GuardSettings settings = configuration.settings();
        Map<Route, String> requirements = new LinkedHashMap<>();
        configuration.properties().forEach((key, text) -> {
            if (key.startsWith(PREFIX)) {
                requirements.put(Route.parse(text), wordsAfterPath(text));
            }
        });
        return new NamedRoutes(GuardedRoutes.of(settings), settings.api().access(), requirements);
    }

    /** How many routes the application has. */
    int ofApplication() {
        return access.routes().size();
    }

    static String wordsAfterPath(String rule) {
        return rule.strip().replaceFirst("^([A-Z,-]+\\s+)?/\\S*\\s+", "");
    }

    Row row(Route route) {
        String methods = route.methods().equals(Route.EVERY_METHOD)
                ? "any"
                : new TreeSet<>(route.methods()).stream().collect(Collectors.joining(","));
        return new Row(methods, route.pattern(), requirement(route), key(route));
    }

    private String requirement(Route route) {
        boolean isOpen = route.requirement() instanceof AccessRequirement.Open;
        return requirements.getOrDefault(route, isOpen ? "public" : ofConsole());
    }

    private String ofConsole() {
        ConsoleSettings console = access.console();
        return Stream.concat(
                        console.scope().map(scope -> "scope " + scope).stream(),
                        console.role().map(role -> "role " + role).stream())
                .collect(Collectors.joining(" "));
    }

    private String key(Route route) {
        return Optional.ofNullable(access.keys().get(route)).orElseGet(() -> ownKey(route));
    }

    private String ownKey(Route route) {
        if (!access.console().routes().contains(route)) {
            return "tokenguard.resource.uri";
        }
        return route.requirement() instanceof AccessRequirement.Open
                ? CONSOLE + "path"
                : Stream.concat(
                                access.console().scope().map(unused -> CONSOLE + "scope").stream(),
                                access.console().role().map(unused -> CONSOLE + "role").stream())
                        .collect(Collectors.joining(", "));
    }

    /**
     * A route as texts.
     *
     * @param methods the methods
     * @param path the pattern
     * @param requirement the requirement
     * @param key the property
     */
    record Row(String methods, String path, String requirement, String key) {
        static final Row TITLES = new Row("METHODS", "PATH", "REQUIREMENT", "KEY");

        String line() {
            return Step.padded(methods, 12) + Step.padded(path, 28) + Step.padded(requirement, 32) + key;
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("methods", List.of(methods.split(",", -1)));
            json.put("path", path);
            json.put("requirement", requirement);
            json.put("key", key);
            return json;
        }
    }
}
