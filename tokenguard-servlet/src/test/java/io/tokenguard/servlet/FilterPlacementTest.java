package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

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
}
