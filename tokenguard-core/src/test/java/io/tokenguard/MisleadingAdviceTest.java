package io.tokenguard;

import static io.tokenguard.FiledIssuer.refusal;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hints never advise to accept what an attacker's token has. */
class MisleadingAdviceTest {
    private final TestIssuer issuer = TestIssuer.start();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void aForgedTokenDoesNotAdviseToAcceptIdTokens() {
        try (TestIssuer other = TestIssuer.start();
                TokenGuard guard = guarding(issuer).build()) {
            assertThat(guard.awaitReady(Duration.ofSeconds(10))).isTrue();
            String forged = other.token()
                    .header("typ", "JWT")
                    .claim("iss", issuer.issuer())
                    .claim("firebase", Map.of())
                    .sign();
            assertThat(refusal(guard, forged).hint()).doesNotContain("accept-id-tokens");
        }
    }

    @Test
    void theRoleOfAnotherClientIsAdvisedOnlyIfTheClientIsThisApi() {
        TokenGuardBuilder settings =
                TokenGuard.builder().issuer(trusted(issuer).build()).route("/orders role admin");
        try (TokenGuard guard = settings.build()) {
            String token = issuer.token()
                    .claim("resource_access", Map.of("another-api", Map.of("roles", List.of("admin"))))
                    .sign();
            assertThat(refusal(guard, token).hint())
                    .contains("if that client is this API, set tokenguard.roles-claim=");
        }
    }

    @Test
    void adviceAboutRolesNamesTheSettingOfTheIssuer(@TempDir Path folder) throws IOException {
        try (FiledIssuer api = new FiledIssuer("tokenguard.issuers.main.", folder)) {
            api.setForApi("tokenguard.routes.orders", "/orders role admin");
            String token = api.issuer.token().claim("groups", List.of("admin")).sign();
            try (TokenGuard guard = api.guard()) {
                assertThat(refusal(guard, token).hint()).contains("set tokenguard.issuers.main.roles-claim=groups");
            }
        }
    }
}
