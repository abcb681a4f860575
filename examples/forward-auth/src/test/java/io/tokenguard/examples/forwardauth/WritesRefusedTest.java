package io.tokenguard.examples.forwardauth;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.testkit.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WritesRefusedTest {
    @Test
    void doesNotStartWithWritesThatHappenOnce() {
        try (TestIssuer issuer = TestIssuer.start()) {
            TokenGuard guard = GuardProperties.of(Map.of(
                            "tokenguard.issuer-uri",
                            issuer.issuer(),
                            "tokenguard.audiences",
                            ForwardAuth.AUDIENCE,
                            "tokenguard.writes.orders",
                            "POST /orders/** idempotent 24h"))
                    .toBuilder()
                    .build();
            Arguments arguments = new Arguments(Gateway.NGINX, "127.0.0.1", 0, List.of(), Optional.empty());
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> AuthServer.start(arguments, guard))
                    .withMessageContaining("tokenguard.writes");
        }
    }
}
