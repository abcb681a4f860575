package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Route;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths as which a framework could read one that a rule names: they have to meet that rule beside their own. */
class NearSpellingTest {
    private static final AccessRequirement BOTH = AccessRequirement.scope("admin", "wide");

    private static Optional<AccessRequirement> find(String path, String... routes) {
        return new RouteTable(Stream.of(routes).map(Route::parse).toList()).find("GET", path);
    }

    private static AccessRequirement demandedBeside(String rule, String path) {
        return find(path, "/** scope wide", rule).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ADMIN",
                "/Admin/",
                "/admin.json",
                "/admin.json/",
                "/admin.en.json",
                "/admin.",
                "/admin ",
                "/admin. ",
                "/Admin.XML"
            })
    void haveToMeetTheRuleThatTheyComeNear(String path) {
        assertThat(demandedBeside("/admin scope admin", path)).isEqualTo(BOTH);
        assertThat(demandedBeside("/admin/** scope admin", path)).isEqualTo(BOTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/administrator", "/adm", "/a", "/", "/x.admin", "/admin-1", "/admin x", "/.admin", "/.json"})
    void areNotAllThatLookAlike(String path) {
        assertThat(demandedBeside("/admin scope admin", path)).isEqualTo(AccessRequirement.scope("wide"));
    }

    @Test
    void haveSuffixesAtTheEndOfAPathOnly() {
        assertThat(demandedBeside("/v1/** scope admin", "/v1.2/x")).isEqualTo(AccessRequirement.scope("wide"));
        assertThat(demandedBeside("/v1/** scope admin", "/V1/x")).isEqualTo(BOTH);
    }

    @Test
    void haveSuffixesBetweenThoseOfAName() {
        assertThat(demandedBeside("/a.x scope admin", "/a.json.x")).isEqualTo(BOTH);
        assertThat(demandedBeside("/a.x scope admin", "/a.json.y")).isEqualTo(AccessRequirement.scope("wide"));
        assertThat(demandedBeside("/a.x scope admin", "/a")).isEqualTo(AccessRequirement.scope("wide"));
    }

    @Test
    void meetEveryRuleThatTheyComeNear() {
        assertThat(find("/a.b.c", "/a.b scope admin", "/a scope wide", "/** public"))
                .contains(BOTH);
    }

    @Test
    void meetTheRulesForTheMethodOnly() {
        assertThat(find("/admin.json", "GET /admin scope admin", "PUT /admin scope other", "/** scope wide"))
                .contains(BOTH);
    }

    @Test
    void areOpenedByARuleOfTheirOwn() {
        assertThat(demandedBeside("/admin scope admin", "/admin.css")).isEqualTo(BOTH);
        assertThat(find("/admin.css", "/** scope wide", "/admin scope admin", "/admin.css public"))
                .contains(AccessRequirement.open());
        assertThat(find("/admin.css", "/admin.css public", "/admin scope admin", "/** scope wide"))
                .contains(AccessRequirement.open());
    }

    @Test
    void areNotCoveredByTheRuleThatTheyComeNear() {
        assertThat(find("/ADMIN", "/admin public")).isEmpty();
    }

    @Test
    void keepADemandOnTrial() {
        AccessRequirement demanded = demandedBeside("/admin scope admin report-only scope new", "/ADMIN");
        assertThat(demanded.enforced()).isEqualTo(BOTH);
        assertThat(demanded.reportOnly()).contains(AccessRequirement.scope("new", "wide"));
    }
}
