package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestIssuerExtension.class)
class DecisionTest {
    private static TokenGuard guard;

    @BeforeAll
    static void buildGuard(TestIssuer issuer) {
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .build())
                .route("GET /orders scope orders:read")
                .build();
    }

    @AfterAll
    static void closeGuard() {
        guard.close();
    }

    @Test
    void grantsARequestWhoseTokenHasTheScopeThatItsRouteDemands(TestIssuer issuer) {
        Decision decision = guard.decide(IncomingRequest.builder("GET", "/orders")
                .overTls()
                .header(
                        "Authorization",
                        "Bearer " + issuer.token().scope("orders:read").sign())
                .build());
        assertThat(decision).isInstanceOf(Decision.Granted.class);
    }
}
