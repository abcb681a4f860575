package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of the introspection endpoint comes from the issuer's metadata, and these fail. */
class EndpointDiscoveryTest {
    private final TestIssuer issuer = TestIssuer.start();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        issuer.close();
    }

    private TokenGuard discovering(int status) throws IOException {
        Path keys = Files.writeString(folder.resolve("keys.json"), issuer.jwksJson());
        issuer.on(TestEndpoint.OIDC_DISCOVERY).answer(Fault.status(status));
        issuer.on(TestEndpoint.OAUTH_DISCOVERY).answer(Fault.status(status));
        return GuardProperties.of(Map.of(
                        "tokenguard.issuer-uri", issuer.issuer(),
                        "tokenguard.audiences", GuardedIssuer.AUDIENCE,
                        "tokenguard.dialect", "generic",
                        "tokenguard.jwks-file", keys.toString(),
                        "tokenguard.introspection.client-id", "api",
                        "tokenguard.introspection.client-secret", "secret-secret-secret-secret-secret",
                        "tokenguard.introspection.timeout", "5s",
                        "tokenguard.routes.orders", "/orders authenticated"))
                .toBuilder()
                .build();
    }

    private static Refusal refusal(TokenGuard guard, String token) {
        return ((Decision.Refused) guard.decide(bearing(token))).refusal();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 414, 429, 500})
    void saysNothingAboutTheTokenNorTheCredentials(int status) throws IOException {
        try (TokenGuard guard = discovering(status)) {
            Refusal refused = refusal(guard, issuer.introspection().opaque());
            assertThat(refused.reason()).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
            assertThat(refused.found()).startsWith("no answer: its address is not known: ");
            assertThat(issuer.requests(TestEndpoint.INTROSPECTION)).isZero();
            assertThat(guard.health().introspection().get(0).refusesUs()).isFalse();
        }
    }

    @Test
    void isNotRepeatedForEachTokenThatIsMadeUp() throws IOException {
        try (TokenGuard guard = discovering(404)) {
            for (int i = 0; i < 50; i++) {
                Refusal unused = refusal(guard, "made-up-token-" + i);
            }
            assertThat(issuer.requests(TestEndpoint.OIDC_DISCOVERY) + issuer.requests(TestEndpoint.OAUTH_DISCOVERY))
                    .isLessThan(20);
        }
    }
}
