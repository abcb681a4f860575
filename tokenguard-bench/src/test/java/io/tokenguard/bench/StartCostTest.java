package io.tokenguard.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartCostTest {
    @Test
    void eachValidatorAcceptsATokenAndHoldsHeap() throws Exception {
        assertThat(StartCost.measure(1))
                .as("medians of one start")
                .hasSize(9)
                .containsKeys(
                        "TokenGuard: ms until its keys are loaded",
                        "TokenGuard: ms until it has accepted a token",
                        "Spring Security's NimbusJwtDecoder: KiB of heap")
                .allSatisfy((what, figure) -> assertThat(figure).as(what).isPositive());
    }
}
