package io.tokenguard.cli;

import io.tokenguard.access.Route;
import io.tokenguard.internal.settings.HealthSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The paths of the health document. TokenGuard answers there itself, before any route.
 *
 * @param health the settings
 */
record HealthPaths(HealthSettings health) {
    private static final String PATH = "tokenguard.health.path";
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    static HealthPaths of(Configuration configuration) {
        return new HealthPaths(configuration.settings().api().answers().health());
    }

    /** Its rows in the table of routes; none if it is off. */
    List<NamedRoutes.Row> rows() {
        return health.path().stream()
                .flatMap(path -> Stream.of(
                        row(path, "public, details: scope " + health.scope(), PATH + ", tokenguard.health.scope"),
                        row(path + "/ready", "public", PATH),
                        row(path + "/live", "public", PATH)))
                .toList();
    }

    private static NamedRoutes.Row row(String path, String requirement, String key) {
        return new NamedRoutes.Row("GET,HEAD", path, requirement, key);
    }

    /** The row of a request; empty if it is for something else. */
    Optional<NamedRoutes.Row> find(Question.Target target) {
        String path = Route.normalPath(target.path().split("\\?", -1)[0]);
        return METHODS.contains(target.method())
                ? rows().stream().filter(row -> row.path().equals(path)).findFirst()
                : Optional.empty();
    }
}
