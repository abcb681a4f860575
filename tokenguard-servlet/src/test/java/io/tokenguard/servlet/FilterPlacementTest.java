package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A filter that is not mapped to every path. */
class FilterPlacementTest {
    @Test
    void namesThePatternsThatLeavePathsUnguarded() {
        assertThat(FilterPlacement.unguarded("guard", List.of("/api/*", "/me")).orElseThrow())
                .startsWith("TokenGuardFilter 'guard' is mapped to [/api/*, /me] only")
                .contains("Map it to /*");
    }

    @Test
    void saysNothingWhereEveryPathIsGuarded() {
        assertThat(FilterPlacement.unguarded("guard", List.of("/api/*", "/*"))).isEmpty();
    }

    @Test
    void namesAFilterThatReplacesTheMethod() {
        assertThat(FilterPlacement.changedMethods(
                                List.of("a.B", "org.springframework.web.filter.HiddenHttpMethodFilter"))
                        .orElseThrow())
                .contains("replace the method of a POST")
                .contains("before TokenGuardFilter");
        assertThat(FilterPlacement.changedMethods(
                        List.of("org.springframework.boot.web.servlet.filter.OrderedHiddenHttpMethodFilter")))
                .isPresent();
        assertThat(FilterPlacement.changedMethods(Arrays.asList(null, "a.B"))).isEmpty();
    }
}
