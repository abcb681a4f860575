package io.tokenguard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.testkit.TestIssuer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an operator sees of the starter at start. */
@ExtendWith(OutputCaptureExtension.class)
class StarterStartTest {
    private final TestIssuer issuer = TestIssuer.start();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private ConfigurableApplicationContext run(Class<?> application, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off"));
        arguments.addAll(List.of(more));
        return SpringApplication.run(application, arguments.toArray(String[]::new));
    }

    private String[] complete() {
        return new String[] {"--tokenguard.issuer-uri=" + issuer.issuer(), "--tokenguard.audiences=https://shop.example"
        };
    }

    @Test
    void handlersThatNothingNamesAreListedOnce(CapturedOutput output) {
        try (ConfigurableApplicationContext shop = run(Shop.class, complete())) {
            assertThat(shop.isActive()).isTrue();
            assertThat(output.getOut())
                    .contains("2 handlers are denied to everyone")
                    .contains("GET /forgotten");
        }
    }

    @Test
    void aWrongSettingIsExplained(CapturedOutput output) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> run(Shop.class, "--tokenguard.issuer-uri=" + issuer.issuer()));
        assertThat(output.getOut())
                .contains("APPLICATION FAILED TO START")
                .contains("tokenguard.audiences")
                .doesNotContain("\tat ");
    }

    @Test
    void anUnknownKeyIsExplained(CapturedOutput output) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> run(Shop.class, "--tokenguard.audience=https://shop.example"));
        assertThat(output.getOut()).contains("did you mean tokenguard.audiences?");
    }

    @Test
    void theFailureHasAnAction() {
        FailureAnalysis analysis = new ConfigurationFailureAnalyzer()
                .analyze(new IllegalStateException(ConfigurationException.missing("tokenguard.audiences", "set it")));
        assertThat(analysis.getDescription()).isEqualTo("TokenGuard: tokenguard.audiences is not set: set it");
        assertThat(analysis.getAction()).isEqualTo("set it");
    }

    @Test
    void contradictingAnnotationsStopTheStart(CapturedOutput output) {
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run(Contradicting.class, complete()));
        assertThat(output.getOut()).contains("Contradicting$Handlers.both").contains("@PermitAll");
    }

    @Test
    void aWrongPolicyStopsTheStart(CapturedOutput output) {
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run(WrongPolicy.class, complete()));
        assertThat(output.getOut()).contains("WrongPolicy$Handlers.wrong").contains("at character 14");
    }

    @Test
    void anArgumentThatNoClaimCanBeStopsTheStart(CapturedOutput output) {
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run(WrongArgument.class, complete()));
        assertThat(output.getOut()).contains("@TokenClaim Locale").contains("no claim has this type");
    }

    @Test
    void aGuardOfTheApplicationIsUsed() {
        try (ConfigurableApplicationContext context = run(OwnGuard.class, "--place=" + issuer.issuer())) {
            assertThat(context.getBeansOfType(TokenGuard.class)).containsOnlyKeys("ownGuard");
        }
    }

    @Test
    void theStarterCanBeSwitchedOff() {
        try (ConfigurableApplicationContext context = run(Shop.class, "--tokenguard.spring.enabled=false")) {
            assertThat(context.getBeansOfType(TokenGuard.class)).isEmpty();
        }
    }

    @Test
    void aCustomizerChangesTheSettings() {
        try (ConfigurableApplicationContext context = run(Customized.class, complete())) {
            assertThat(context.getBean(TokenGuard.class).hasRouteFor("GET", "/from/code"))
                    .isTrue();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Contradicting.Handlers.class)
    static class Contradicting {
        @RestController
        static class Handlers {
            @GetMapping("/both")
            @jakarta.annotation.security.PermitAll
            @RequiresScopes("orders:read")
            String both() {
                return "both";
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(WrongPolicy.Handlers.class)
    static class WrongPolicy {
        @RestController
        static class Handlers {
            @GetMapping("/wrong")
            @RequiresPolicy("claim tenant is path:tenant")
            String wrong() {
                return "wrong";
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(WrongArgument.Handlers.class)
    static class WrongArgument {
        @RestController
        static class Handlers {
            @GetMapping("/locale")
            @Authenticated
            String locale(@TokenClaim("locale") java.util.Locale locale) {
                return locale.toString();
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OwnGuard {
        @Bean(destroyMethod = "close")
        TokenGuard ownGuard(@org.springframework.beans.factory.annotation.Value("${place}") String place) {
            return TokenGuard.builder()
                    .issuer(TrustedIssuer.builder(place)
                            .audience("https://shop.example")
                            .build())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Customized {
        @Bean
        TokenGuardCustomizer route() {
            return settings -> settings.route("/from/code authenticated");
        }
    }
}
