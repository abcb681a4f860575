package io.tokenguard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Route;
import io.tokenguard.spi.ClaimRule;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.SharedState;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Beans of the application that the guard uses. */
class BeansTest {
    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TokenGuardAutoConfiguration.class))
            .withPropertyValues(
                    "tokenguard.issuer-uri=https://issuer.invalid", "tokenguard.audiences=https://api.example.com");

    private static TrustedIssuer partner() {
        KeySource keys = (keyId, algorithm) -> {
            throw new AssertionError("no token is sent");
        };
        return TrustedIssuer.builder("https://partner.example")
                .audience("https://api.example.com")
                .keysFrom(keys)
                .build();
    }

    @Test
    void issuersAreTrustedBesideThoseOfTheProperties() {
        application
                .withBean(TrustedIssuer.class, BeansTest::partner)
                .run(context -> assertThat(
                                context.getBean(TokenGuard.class).health().issuers())
                        .extracting(KeyHealth::issuer)
                        .containsExactlyInAnyOrder("https://issuer.invalid", "https://partner.example"));
    }

    @Test
    void observersGetWhatHappens() {
        Queue<RefusalReason> seen = new ConcurrentLinkedQueue<>();
        GuardObserver observer = refusal -> seen.add(refusal.reason());
        application.withBean(GuardObserver.class, () -> observer).run(context -> {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> context.getBean(TokenGuard.class).validate("junk"));
            assertThat(seen).hasSize(1);
        });
    }

    @Test
    void anOpenerOpensTheSharedState() {
        SharedState.Opener opener = terms -> {
            throw ConfigurationException.because("the store of the application", "is closed", "open it");
        };
        application
                .withBean(SharedState.Opener.class, () -> opener)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("the store of the application is closed: open it"));
    }

    @Test
    void aCustomizerMayUseARuleOfItsOwn() {
        ClaimRule always = request -> true;
        TokenGuardCustomizer customizer =
                settings -> settings.routes(Route.of("GET", "/own", AccessRequirement.rule("own", always)));
        application
                .withBean(TokenGuardCustomizer.class, () -> customizer)
                .run(context -> assertThat(context.getBean(TokenGuard.class).hasRouteFor("GET", "/own"))
                        .isTrue());
    }
}
