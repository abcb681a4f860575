package io.tokenguard.internal.assembly;

import io.tokenguard.internal.request.RouteTable;
import io.tokenguard.internal.settings.GuardSettings;
import java.util.List;
import java.util.stream.Stream;

/** All routes of a guard: those of the application, of the console, and of the API's metadata. */
public final class GuardedRoutes {
    private GuardedRoutes() {}

    /**
     * The table by which a guard decides.
     *
     * @throws io.tokenguard.access.ConfigurationException if two routes contradict each other
     */
    public static RouteTable of(GuardSettings settings) {
        return new RouteTable(Stream.of(
                        settings.api().access().routes(),
                        settings.api().access().console().routes(),
                        ResourceRules.routes(settings.api().resource()))
                .flatMap(List::stream)
                .toList());
    }

    /** The number of the route that guards the console; negative if there is none. */
    static int consoleRoute(GuardSettings settings, RouteTable routes) {
        return settings.api()
                .access()
                .console()
                .guardedRoute()
                .map(routes.routes()::indexOf)
                .orElse(-1);
    }
}
