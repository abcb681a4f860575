package io.tokenguard.cli;

import io.tokenguard.access.Route;
import java.util.List;

/** Reports routes that never decide, and a guard without routes. */
final class RoutesDoctor {
    private RoutesDoctor() {}

    static void examine(Configuration configuration, Report report) {
        report.section("Routes");
        NamedRoutes routes = NamedRoutes.of(configuration);
        int count = routes.ofApplication();
        if (count == 0) {
            report.warning(
                    "routes",
                    "tokenguard.routes",
                    "no route is set: the servlet filter denies every request, unless the application sets routes in code or"
                            + " annotates its handlers (Spring, Jakarta REST)",
                    "set tokenguard.routes.<id>, such as 'GET /orders/** scope orders:read'");
            return;
        }
        List<Route> shadowed = routes.table().shadowed();
        shadowed.forEach(route -> report.warning(
                "routes",
                routes.row(route).key(),
                "never decides: routes for fewer methods of the path " + route.pattern() + " cover all of its methods",
                "remove it, or remove the others"));
        if (shadowed.isEmpty()) {
            report.fine("routes", "each of " + count + " decides about some request");
        }
    }
}
