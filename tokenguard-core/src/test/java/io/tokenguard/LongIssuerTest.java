package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.Refusal;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Issuers in events, which have more characters than other values of a token. */
@ExtendWith(TestIssuerExtension.class)
class LongIssuerTest {
    private static final String ENTRA = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0";

    private static String shown(TestIssuer issuer, String name) {
        try (TokenGuard guard = guarding(issuer).build()) {
            Refusal refusal = ((Decision.Refused)
                            guard.decide(bearing(issuer.token().issuer(name).sign())))
                    .refusal();
            return refusal.issuer();
        }
    }

    @Test
    void areWholeIfTheyAreOfUsualLength(TestIssuer issuer) {
        assertThat(ENTRA).hasSizeGreaterThan(64);
        assertThat(shown(issuer, ENTRA)).isEqualTo(ENTRA);
    }

    @Test
    void areCutAfter256Characters(TestIssuer issuer) {
        assertThat(shown(issuer, "https://" + "a".repeat(500))).isEqualTo("https://" + "a".repeat(248) + "...");
    }
}
