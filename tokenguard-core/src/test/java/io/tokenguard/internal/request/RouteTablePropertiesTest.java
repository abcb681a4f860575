package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Route;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every table of rules and every path. Each rule demands a scope of its own. */
class RouteTablePropertiesTest {
    private static final int ROUNDS = 2_000;
    private static final List<String> NAMES = List.of("a", "b", "a.x", "A", "a.json", "b.x.y", "admin");
    private static final List<String> METHODS = List.of("", "", "GET ", "PUT,DELETE ", "HEAD ", "GET,POST ");
    private static final List<String> ASKED = List.of("GET", "HEAD", "PUT", "POST", "PROPFIND");

    private static <T> T oneOf(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static String path(Random random, List<String> segments) {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append('/').append(oneOf(segments, random));
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private static String pattern(Random random) {
        List<String> segments = new ArrayList<>(NAMES);
        segments.add("*");
        String path = path(random, segments);
        String closed = path.equals("/") ? "" : path;
        return switch (random.nextInt(4)) {
            case 0 -> closed + "/**";
            case 1 -> closed + "/";
            default -> path;
        };
    }

    /** One rule for each pattern and choice of methods, so that no two contradict each other. */
    private static List<Route> routes(Random random) {
        Map<String, Route> routes = new LinkedHashMap<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            Route route = Route.parse(oneOf(METHODS, random) + pattern(random) + " scope s" + i);
            routes.putIfAbsent(route.pattern() + route.methods().size(), route);
        }
        return List.copyOf(routes.values());
    }

    private static String near(String path, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> path + "/";
            case 1 -> path + ".json";
            case 2 -> path.toUpperCase(Locale.ROOT);
            default -> path + " ";
        };
    }

    /** Not covered is the strictest there is. */
    private static AccessRequirement decided(RouteTable table, String method, String path) {
        return table.find(method, path).orElse(AccessRequirement.denied());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aSlashAtTheEndOfAPathMakesNoDifference(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Route> routes = routes(random);
            RouteTable table = new RouteTable(routes);
            String path = path(random, NAMES);
            String method = oneOf(ASKED, random);
            assertThat(table.find(method, path + "/"))
                    .as("%s %s of %s", method, path, routes)
                    .isEqualTo(table.find(method, path));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aSlashAtTheEndOfAPatternMakesNoDifference(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Route> routes = routes(random);
            List<Route> slashed = routes.stream()
                    .map(route -> route.pattern().endsWith("/**")
                            ? route
                            : new Route(
                                    route.methods(), route.pattern().replaceAll("/$", "") + "/", route.requirement()))
                    .toList();
            String path = path(random, NAMES);
            String method = oneOf(ASKED, random);
            assertThat(new RouteTable(slashed).find(method, path))
                    .as("%s %s of %s", method, path, routes)
                    .isEqualTo(new RouteTable(routes).find(method, path));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderOfTheRulesMakesNoDifference(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Route> routes = routes(random);
            List<Route> shuffled = new ArrayList<>(routes);
            Collections.shuffle(shuffled, random);
            String path = near(path(random, NAMES), random);
            AccessRequirement one = decided(new RouteTable(routes), "HEAD", path);
            AccessRequirement other = decided(new RouteTable(shuffled), "HEAD", path);
            assertThat(Strictness.implies(one, other) && Strictness.implies(other, one))
                    .as("%s of %s", path, routes)
                    .isTrue();
        }
    }

    /** Only the paths that the new rule itself covers can be decided otherwise than more strictly. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aNewRuleNeverWeakensAPathThatItDoesNotCover(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Route> routes = routes(random);
            Route added = Route.parse("PATCH " + pattern(random) + " public");
            List<Route> more = new ArrayList<>(routes);
            more.add(added);
            String path = near(path(random, NAMES), random);
            if (PathPattern.of(added.pattern()).match(Route.normalPath(path)) != PathMatch.EXACT) {
                assertThat(Strictness.implies(
                                decided(new RouteTable(more), "PATCH", path),
                                decided(new RouteTable(routes), "PATCH", path)))
                        .as("%s with %s of %s", path, added, routes)
                        .isTrue();
            }
        }
    }

    /** Unless a rule that is no wider names the spelling itself. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aNearSpellingMeetsTheRuleOfThePathToo(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Route> routes = routes(random);
            RouteTable table = new RouteTable(routes);
            String path = path(random, List.of("a", "b", "admin"));
            String spelling = near(path, random);
            Optional<AccessRequirement> own = table.find("GET", path);
            boolean isNamed = namesLiterally(routes, spelling);
            if (own.isPresent() && !isNamed && !path.equals("/")) {
                assertThat(Strictness.implies(decided(table, "GET", spelling), own.get()))
                        .as("%s near %s of %s", spelling, path, routes)
                        .isTrue();
            }
        }
    }

    /** Whether a rule has a name of the path in its pattern that is spelled otherwise than in lower case. */
    private static boolean namesLiterally(List<Route> routes, String spelling) {
        return routes.stream()
                .map(Route::pattern)
                .filter(pattern -> pattern.contains("A") || pattern.contains("."))
                .anyMatch(pattern -> PathPattern.of(pattern).match(Route.normalPath(spelling)) == PathMatch.EXACT);
    }
}
