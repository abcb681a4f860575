package io.tokenguard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Confirmation.Binding;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
    @Test
    void saysInWhichWayTheTokenIsBound() {
        assertThat(new Confirmation.DpopKey("canary").bindings()).containsExactly(Binding.DPOP);
        assertThat(new Confirmation.Certificate("canary").bindings()).containsExactly(Binding.MTLS);
        assertThat(new Confirmation.KeyAndCertificate(
                                new Confirmation.DpopKey("canary"), new Confirmation.Certificate("canary"))
                        .bindings())
                .containsExactlyInAnyOrder(Binding.DPOP, Binding.MTLS);
        assertThat(new Confirmation.None().bindings()).isEmpty();
    }

    @Test
    void showsNoThumbprint() {
        assertThat(new Confirmation.DpopKey("canary").toString()).doesNotContain("canary");
        assertThat(new Confirmation.Certificate("canary").toString()).doesNotContain("canary");
        assertThat(new Confirmation.KeyAndCertificate(
                                new Confirmation.DpopKey("canary"), new Confirmation.Certificate("canary"))
                        .toString())
                .doesNotContain("canary");
    }
}
