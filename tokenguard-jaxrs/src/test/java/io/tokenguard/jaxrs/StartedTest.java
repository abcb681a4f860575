package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.GuardHealth.AdapterHealth;
import io.tokenguard.access.GuardHealth.AdapterState;
import org.jboss.resteasy.reactive.common.processor.ScanStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** The guard knows whether a runtime has started the feature. */
@OnEveryRuntime
class StartedTest {
    @Parameter
    RestRuntime runtime;

    @Test
    void theFeatureIsActiveOnceTheRuntimeServes() throws Exception {
        try (RestSite site = new RestApplication(MethodShapes.Scoped.class).on(runtime)) {
            assertThat(site.get("/scoped/plain").status()).isEqualTo(401);
            assertThat(site.guard().health().adapters())
                    .containsExactly(new AdapterHealth("TokenGuardFeature", AdapterState.ACTIVE, false));
        }
    }

    @Test
    void aFeatureIsNotMadeWhileQuarkusScansAnApplication() {
        try (TokenGuard guard = guard()) {
            assertThatThrownBy(() -> ScanStandIn.scan(() -> TokenGuardFeature.of(guard)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("Quarkus REST would ignore it");
        }
    }

    @Test
    void aFeatureThatIsNotRegisteredIsNotActive() {
        try (TokenGuard guard = guard()) {
            TokenGuardFeature unused = TokenGuardFeature.of(guard);
            assertThat(guard.health().adapters())
                    .extracting(AdapterHealth::state)
                    .containsExactly(AdapterState.WAITING);
        }
    }

    private static TokenGuard guard() {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder("https://issuer.example.com")
                        .audience("https://api.example.com")
                        .build())
                .build();
    }
}
