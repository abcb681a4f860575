package io.tokenguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.testkit.TestIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Settings in the files that Spring Boot reads. */
class ConfigurationSourcesTest {
    private static final TestIssuer MAIN = TestIssuer.start();
    private static final TestIssuer PARTNER = TestIssuer.start();

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        MAIN.close();
        PARTNER.close();
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        SpringApplication application = new SpringApplication(Shop.class);
        application.setDefaultProperties(java.util.Map.of(
                "server.port",
                "0",
                "server.address",
                "127.0.0.1",
                "spring.main.banner-mode",
                "off",
                "logging.level.root",
                "off"));
        return application.run(arguments);
    }

    private static List<String> issuers(ConfigurableApplicationContext shop) {
        return shop.getBean(TokenGuard.class).health().issuers().stream()
                .map(KeyHealth::issuer)
                .toList();
    }

    @Test
    void aFileOfAProfileWithListsAndSeveralIssuers() throws Exception {
        Files.writeString(folder.resolve("application-partners.yml"), """
                tokenguard:
                  issuers:
                    main:
                      issuer-uri: %s
                      audiences: [https://shop.example, https://other.example]
                    partner:
                      issuer-uri: %s
                      audiences:
                        - https://shop.example
                  routes:
                    stock: GET /stock/** scope stock:read
                """.formatted(MAIN.issuer(), PARTNER.issuer()));
        try (ConfigurableApplicationContext shop =
                run("--spring.config.location=" + folder.toUri(), "--spring.profiles.active=partners")) {
            TokenGuard guard = shop.getBean(TokenGuard.class);
            assertThat(issuers(shop)).containsExactlyInAnyOrder(MAIN.issuer(), PARTNER.issuer());
            assertThat(guard.hasRouteFor("GET", "/stock/17")).isTrue();
            assertThat(guard.validate(MAIN.token()
                                    .audience("https://other.example")
                                    .sign())
                            .issuer())
                    .isEqualTo(MAIN.issuer());
        }
    }

    @Test
    void aConfigTree() throws Exception {
        Files.createDirectory(folder.resolve("tokenguard"));
        Files.writeString(folder.resolve("tokenguard/issuer-uri"), MAIN.issuer());
        Files.writeString(folder.resolve("tokenguard/audiences"), "https://shop.example\n");
        try (ConfigurableApplicationContext shop = run("--spring.config.import=configtree:" + folder + "/")) {
            assertThat(issuers(shop)).containsExactly(MAIN.issuer());
        }
    }
}
