package io.tokenguard.examples.quickstart;

import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.access.Route;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The demo's routes. A route in the configuration replaces a demo route with the same methods and path. */
final class DemoRoutes {
    private static final List<String> RULES = List.of(
            "GET /public public",
            "GET /api/me authenticated",
            "GET /api/orders scope orders:read",
            "POST /api/orders scope orders:write",
            "GET /api/admin role admin",
            "/rest/** public",
            "/backchannel-logout public",
            "/events public");

    private DemoRoutes() {}

    static TokenGuardBuilder addTo(TokenGuardBuilder guard, List<Route> configured) {
        RULES.stream()
                .map(Route::parse)
                .filter(rule -> configured.stream().noneMatch(other -> coversTheSame(rule, other)))
                .forEach(guard::routes);
        return guard;
    }

    /** The routes in a file. */
    static List<Route> in(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith("tokenguard.routes."))
                .map(key -> Route.parse(properties.getProperty(key)))
                .toList();
    }

    private static boolean coversTheSame(Route one, Route other) {
        return one.pattern().equals(other.pattern()) && one.methods().equals(other.methods());
    }
}
