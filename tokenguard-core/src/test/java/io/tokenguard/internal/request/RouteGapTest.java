package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Route;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths beside a rule that fall to a wider and weaker one. */
class RouteGapTest {
    private static List<String> gaps(String... routes) {
        return new RouteTable(Stream.of(routes).map(Route::parse).toList())
                .gaps().stream().map(RouteGap::toString).toList();
    }

    @Test
    void nameBothRulesThePathAndWhatToWrite() {
        assertThat(gaps("/** authenticated", "GET /admin scope admin"))
                .containsExactly(
                        "the route 'GET /admin' does not cover /admin/{any}, which the route '/**' decides; it"
                                + " requires less or something else. If the resource serves that path too, write 'GET /admin/**'");
    }

    @ParameterizedTest
    @CsvSource({
        "/** public,               /admin authenticated, /admin/{any}",
        "/** scope a,              /admin scope b,       /admin/{any}",
        "/** scope a or scope b,   /admin scope b,       /admin/{any}",
        "/a/** authenticated,      /a/admin role x,      /a/admin/{any}",
        "/* authenticated,         /admin/* role x,      ''",
        "/*/** authenticated,      /admin role x,        /admin/{any}",
        "GET /** authenticated,    /admin role x,        /admin/{any}",
        "/a/** authenticated,      /a/* role x,          /a/{any}/{any}",
        "PUT /** public,           GET /admin role x,    ''",
        "/** deny,                 /admin role x,        ''",
        "/** authenticated,        /admin authenticated, ''",
        "/** authenticated,        /admin public,        ''",
        "/** scope a,              /admin scope a,       ''",
        "/** scope a scope b,      /admin scope b,       ''",
        "/** scope a,              /admin scope a or scope b, ''",
        "/** scope a or scope b,   /admin authenticated, ''",
        "/** authenticated,        /admin/** role x,     ''",
        "/** authenticated,        / role x,             ''",
        "/x/** authenticated,      /admin role x,        ''"
    })
    void areThoseWhoseDemandsTheWiderRuleDoesNotMake(String wide, String narrow, String path) {
        assertThat(gaps(wide, narrow)).hasSize(path.isEmpty() ? 0 : 1).allMatch(gap -> gap.contains(" " + path + ","));
    }

    @Test
    void includeThePathWithoutItsLastSegmentWhereThatMayBeAny() {
        assertThat(gaps("/** authenticated", "/admin/* role x", "/admin/*/** role x"))
                .containsExactly(
                        "the route '/admin/*' does not cover /admin, which the route '/**' decides; it requires less"
                                + " or something else. If the resource serves that path too, write '/admin/**'");
    }

    @Test
    void areNotThereWhereAnotherRuleCoversThem() {
        assertThat(gaps("/** authenticated", "/admin scope admin", "/admin/* scope admin", "/admin/*/** scope admin"))
                .isEmpty();
        assertThat(gaps("/** authenticated", "/admin scope admin", "/admin/** scope admin"))
                .isEmpty();
    }

    private static List<String> methodGaps(String... routes) {
        return new RouteTable(Stream.of(routes).map(Route::parse).toList())
                .methodGaps().stream().map(MethodGap::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/** authenticated    | GET /admin/** scope admin              | DELETE,OPTIONS,PATCH,POST,PUT",
                "/** authenticated    | GET,POST /admin scope admin            | DELETE,OPTIONS,PATCH,PUT",
                "/** public           | POST /admin/* authenticated            | DELETE,GET,HEAD,OPTIONS,PATCH,PUT",
                "POST /** public      | GET /admin/** scope admin              | POST",
                "/*/** authenticated  | GET /admin/** scope admin              | DELETE,OPTIONS,PATCH,POST,PUT",
                "/** authenticated    | GET / scope admin                      | DELETE,OPTIONS,PATCH,POST,PUT",
                "/** authenticated    | GET,POST,PUT,PATCH,DELETE,OPTIONS /a role x | ''",
                "/admin/** public     | GET /admin/** scope admin              | ''",
                "/** deny             | GET /admin/** scope admin              | ''",
                "/** scope admin      | GET /admin/** scope admin              | ''",
                "/** authenticated    | GET /health public                     | ''",
                "GET /** public       | GET /admin/** scope admin              | ''",
                "/shop/** public      | GET /admin/** scope admin              | ''"
            })
    void includeTheMethodsThatTheWiderRuleDecides(String wide, String narrow, String methods) {
        assertThat(methodGaps(wide, narrow))
                .hasSize(methods.isEmpty() ? 0 : 1)
                .allMatch(gap -> gap.contains(" does not cover " + methods + " of the same paths"));
    }

    @Test
    void includeNoMethodThatAnotherRuleForTheSamePathsNames() {
        assertThat(methodGaps("/** authenticated", "GET /admin/** scope a", "/admin/** scope b"))
                .isEmpty();
        assertThat(methodGaps("/** authenticated", "GET /admin/** scope a", "POST /admin/** scope b"))
                .hasSize(2)
                .allMatch(gap -> gap.contains("write 'DELETE,OPTIONS,PATCH,PUT /admin/** deny'"));
    }

    @Test
    void areOneForEachPairOfRules() {
        assertThat(gaps("/** authenticated", "/a scope a", "/b scope b", "GET,PUT /c scope c"))
                .hasSize(3);
    }
}
