package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Route;
import io.tokenguard.internal.request.RouteCandidate.Effect;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a table says about its rules. */
class RouteListingTest {
    private static final String PERSIAN = "\u0645\u06cc\u200c\u0631\u0648\u0645";

    private static RouteTable table(String... routes) {
        return new RouteTable(Stream.of(routes).map(Route::parse).toList());
    }

    private static List<String> patterns(List<Route> routes) {
        return routes.stream().map(Route::pattern).toList();
    }

    private static List<Effect> effects(RouteTable table, String method, String path) {
        return table.candidates(method, path).stream()
                .map(RouteCandidate::effect)
                .toList();
    }

    @Test
    void listsRulesAndRequirementsTheMostSpecificFirst() {
        RouteTable table = table("/** scope c", "/a/* scope b", "/a/b scope a");
        assertThat(patterns(table.routes())).containsExactly("/a/b", "/a/*", "/**");
        assertThat(table.requirements())
                .containsExactly(
                        AccessRequirement.scope("a"), AccessRequirement.scope("b"), AccessRequirement.scope("c"));
    }

    @Test
    void namesMethodsThatNobodyRegistered() {
        assertThat(table("GET,SUBSCRIBE,AGREE /a scope a", "SUBSCRIBE /b scope b")
                        .unregisteredMethods())
                .containsExactly("AGREE", "SUBSCRIBE");
        assertThat(table("GET,PROPFIND /a scope a").unregisteredMethods()).isEmpty();
    }

    @Test
    void namesRulesThatNeverDecide() {
        assertThat(table("GET /a scope a", "GET,POST /a scope a").shadowed()).isEmpty();
        assertThat(table("GET /a scope a", "GET,PUT /a scope a").shadowed()).isEmpty();
        assertThat(table("GET /a scope a", "POST /a scope a", "GET,POST /a scope a")
                        .shadowed())
                .singleElement()
                .satisfies(route -> assertThat(route.methods()).containsExactlyInAnyOrder("GET", "POST"));
        assertThat(table("GET /a scope a", "/** scope a").shadowed()).isEmpty();
    }

    @Test
    void saysWhatEachRuleDoesForARequest() {
        RouteTable table = table("/** scope c", "/a/* scope b", "/a/b scope a", "POST /a/b scope d", "/x scope x");
        assertThat(patterns(table.candidates("GET", "/a/b").stream()
                        .map(RouteCandidate::route)
                        .toList()))
                .containsExactly("/a/b", "/a/b", "/a/*", "/**");
        assertThat(effects(table, "GET", "/a/b"))
                .containsExactly(Effect.OTHER_METHODS, Effect.DECIDES, Effect.LESS_SPECIFIC, Effect.LESS_SPECIFIC);
        assertThat(effects(table, "POST", "/a/b"))
                .containsExactly(Effect.DECIDES, Effect.LESS_SPECIFIC, Effect.LESS_SPECIFIC, Effect.LESS_SPECIFIC);
    }

    @Test
    void saysWhichRuleAddsItsRequirement() {
        RouteTable table = table("/" + PERSIAN.replace("\u200c", "") + " scope a", "/** scope b");
        assertThat(effects(table, "GET", "/" + PERSIAN)).containsExactly(Effect.ADDS, Effect.DECIDES);
        RouteTable alone = table("/" + PERSIAN.replace("\u200c", "") + " scope a");
        assertThat(effects(alone, "GET", "/" + PERSIAN)).containsExactly(Effect.LESS_SPECIFIC);
    }

    @Test
    void aRuleThatNamesHeadDecidesAboutIt() {
        RouteTable table = table("GET /a scope a", "HEAD /a scope b");
        assertThat(table.find("HEAD", "/a")).contains(AccessRequirement.scope("b"));
        assertThat(table.find("GET", "/a")).contains(AccessRequirement.scope("a"));
    }

    @Test
    void aMethodGapNamesBothRulesWithTheirMethods() {
        RouteTable table = table("GET,POST /** authenticated", "GET /admin/** scope admin");
        assertThat(table.methodGaps())
                .singleElement()
                .hasToString("the route 'GET /admin/**' does not cover POST of the same paths, which the route"
                        + " 'GET,POST /**' decides; it requires less or something else. Name these methods in a route for"
                        + " /admin/**, or write 'POST /admin/** deny'");
        assertThat(table("/** authenticated", "GET /a scope a").methodGaps())
                .singleElement()
                .asString()
                .contains("which the route '/**' decides");
    }
}
