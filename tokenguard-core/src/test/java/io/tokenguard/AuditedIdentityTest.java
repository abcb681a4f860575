package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals name client and subject as the dialect does, whichever step refuses. */
class AuditedIdentityTest {
    private static final SampleKeys KEYS = new SampleKeys();

    private static Map<String, ?> row(String server) {
        return IssuerSample.read("metadata.json").stream()
                .filter(row -> server.equals(row.get("server")))
                .findFirst()
                .orElseThrow();
    }

    private static Refusal refusal(String server, UnaryOperator<TrustedIssuerBuilder> change) throws IOException {
        try (MetadataHost host = MetadataHost.start(row(server), KEYS);
                TokenGuard guard = TokenGuard.builder()
                        .issuer(change.apply(host.described()).build())
                        .route("/orders scope never-granted")
                        .build()) {
            String token = KEYS.sign(host.sample(), Instant.now().getEpochSecond());
            Decision decision = guard.decide(IncomingRequest.builder("GET", "/orders")
                    .overTls()
                    .header("Authorization", "Bearer " + token)
                    .build());
            Decision again = guard.decide(IncomingRequest.builder("GET", "/orders")
                    .overTls()
                    .header("Authorization", "Bearer " + token)
                    .build());
            assertThat(((Decision.Refused) again).refusal().clientId())
                    .as("from the cache")
                    .isEqualTo(((Decision.Refused) decision).refusal().clientId());
            return ((Decision.Refused) decision).refusal();
        }
    }

    @ParameterizedTest
    @CsvSource({"keycloak, web-app", "okta, 0oa1", "auth0, X1", "entra-id, 33333333-4444-5555-6666-777777777777"})
    void nameTheClientOfTheDialect(String server, String client) throws IOException {
        Refusal byRoute = refusal(server, issuer -> issuer);
        assertThat(byRoute.reason()).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
        assertThat(byRoute.clientId()).contains(client);
        Refusal byClaims = refusal(server, issuer -> issuer.requireClaims("never-there"));
        assertThat(byClaims.reason()).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(byClaims.clientId()).contains(client);
    }

    @ParameterizedTest
    @CsvSource("entra-id, 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
    void nameTheSubjectThatIsConfigured(String server, String subject) throws IOException {
        assertThat(refusal(server, issuer -> issuer.subjectClaim("oid", "sub")).subject())
                .contains(subject);
        assertThat(refusal(server, issuer -> issuer.subjectClaim("oid", "sub").requireClaims("never-there"))
                        .subject())
                .contains(subject);
    }
}
