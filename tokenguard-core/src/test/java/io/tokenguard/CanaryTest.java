package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusedException;
import io.tokenguard.logging.NoTokenInLogs;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** No token and no claim reaches a log. {@link NoTokenInLogs} looks at what each class of the module made anybody log. */
@ExtendWith(TestIssuerExtension.class)
class CanaryTest {
    private static final String CANARY = "canary-7d1f";

    @Test
    void everyClassIsCheckedForTokensInItsLog() {
        assertThat(NoTokenInLogs.checks()).isPositive();
    }

    @Test
    void aTokenInALogIsFound() {
        LoggerFactory.getLogger(NoTokenInLogs.CANARY).trace("a token: {}", "eyJhbGciOiJub25lIn0.e30.");
        assertThat(RecordedLog.leaks()).anyMatch(event -> event.logger().equals(NoTokenInLogs.CANARY));
    }

    @Test
    void noClaimReachesLogsExceptionsAnswersOrToString(TestIssuer issuer) throws RefusedException {
        RecordedLog.clear();
        try (TokenGuard guard = guarding(issuer).build()) {
            String token = issuer.token()
                    .claim("secret", CANARY)
                    .claim("email", CANARY)
                    .sign();
            assertThat(guard.validate(token).toString()).doesNotContain(CANARY, "alice");
            List<String> spoilt = spoiled(issuer, token);
            for (String bad : spoilt) {
                Decision.Refused refused = (Decision.Refused) guard.decide(bearing(bad));
                assertThat(refused.toString()).doesNotContain(CANARY, "alice", bad);
            }
        }
        assertThat(RecordedLog.recent())
                .isNotEmpty()
                .noneMatch(event -> event.text().contains(CANARY));
    }

    private static List<String> spoiled(TestIssuer issuer, String token) {
        CompactToken parts = CompactToken.parse(token);
        return Stream.of(
                        issuer.token().claim("secret", CANARY).claim("exp", CANARY),
                        issuer.token().claim("secret", CANARY).audience("https://other.example"),
                        issuer.token().claim("secret", CANARY).type("other"),
                        issuer.token()
                                .claim("secret", CANARY)
                                .header("alg", "other")
                                .claim("email", CANARY),
                        issuer.token().claim("secret", CANARY).header("crit", List.of(CANARY)),
                        issuer.token().claim("scope", List.of(CANARY, 1)))
                .map(io.tokenguard.testkit.TokenBuilder::sign)
                .collect(
                        () -> new java.util.ArrayList<>(List.of(parts.flipBit(3).compact())), List::add, List::addAll);
    }
}
