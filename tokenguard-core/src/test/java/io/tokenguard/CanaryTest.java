package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.logging.NoTokenInLogs;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import io.tokenguard.testkit.TokenBuilder;
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

    @Test
    void noTokenReachesAnEventThroughAFieldThatIsShown(TestIssuer issuer) {
        String token = issuer.token().sign();
        String payload = CompactToken.parse(token).compact().split("\\.", -1)[1];
        RecordedLog.clear();
        try (TokenGuard guard = guarding(issuer)
                .trustedProxies("192.0.2.1")
                .route("/step-up acr gold")
                .build()) {
            Stream.of(
                            GuardedIssuer.request().header("Authorization", token),
                            GuardedIssuer.request().header("Authorization", "Basic " + token),
                            GuardedIssuer.request().header("Authorization", "Bearer " + token + " " + token),
                            IncomingRequest.builder("GET", "/orders/" + token).overTls(),
                            IncomingRequest.builder("GET", "/orders")
                                    .clientAddress("192.0.2.1")
                                    .header("X-Forwarded-For", token)
                                    .header("X-Forwarded-Proto", "http")
                                    .header("traceparent", "00-" + token),
                            bearer(issuer.token().audience(token)),
                            bearer(issuer.token().issuer(token)),
                            bearer(issuer.token().type(token.substring(0, 200))),
                            bearer(issuer.token().header("alg", token)),
                            bearer(issuer.token().header("kid", token.substring(0, 200))),
                            bearer(issuer.token().claim("jti", token).audience("https://other.example")))
                    .forEach(request -> guard.decide(request.build()));
            guard.decide(IncomingRequest.builder("GET", "/step-up")
                    .overTls()
                    .header(
                            "Authorization",
                            "Bearer " + issuer.token().claim("acr", token).sign())
                    .build());
        }
        assertThat(RecordedLog.audit())
                .filteredOn(line -> line.startsWith("refused"))
                .hasSize(12)
                .noneMatch(line -> line.contains(payload.substring(0, 40)) || line.contains("eyJ"));
    }

    private static IncomingRequest.Builder bearer(TokenBuilder token) {
        return GuardedIssuer.request().header("Authorization", "Bearer " + token.sign());
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
