package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is revoked is refused from that moment on, whatever else is good about it. */
class RevocationTest {
    private static TestIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    void refusesATokenOfWhichTheIdentifierWasRevoked() {
        String token = issuer.token().claim("jti", "stolen").sign();
        try (TokenGuard guard = GuardedIssuer.guarding(issuer).build()) {
            assertThat(reasonOf(guard.decide(bearing(token)))).isNull();
            guard.revoke(Revocation.token(issuer.issuer(), "stolen"));
            assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
        }
    }
}
