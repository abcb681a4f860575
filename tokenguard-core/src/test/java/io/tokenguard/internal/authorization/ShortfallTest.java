package io.tokenguard.internal.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.internal.audit.RefusalGuide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShortfallTest {
    @ParameterizedTest
    @EnumSource(
            names = {
                "SCOPE_INSUFFICIENT",
                "ROLE_INSUFFICIENT",
                "DETAILS_INSUFFICIENT",
                "BINDING_INSUFFICIENT",
                "STEP_UP_REQUIRED",
                "POLICY_DENIED",
                "ACCESS_DENIED"
            })
    void namesTheSettingsOfTheGuide(RefusalReason reason) {
        assertThat(Shortfall.settings(reason)).isEqualTo(RefusalGuide.of(reason).settings());
    }
}
