package io.tokenguard;

import static io.tokenguard.GuardedIssuer.AUDIENCE;
import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings that a refusal names are those that decided, wherever they are set. */
@ExtendWith(TestIssuerExtension.class)
class DecidingSettingTest {
    private static final byte[] SECRET = "thirty-two characters of secrecy".getBytes(StandardCharsets.US_ASCII);

    private static Refusal refusal(TokenGuardBuilder settings, String path, String token) {
        try (TokenGuard guard = settings.build()) {
            return refusal(guard, path, token);
        }
    }

    private static Refusal refusal(TokenGuard guard, String path, String token) {
        IncomingRequest request = IncomingRequest.builder("GET", path)
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build();
        return ((Decision.Refused) guard.decide(request)).refusal();
    }

    @Test
    void areThoseOfTheConsole(TestIssuer issuer) {
        String token = issuer.token().sign();
        assertThat(refusal(guarding(issuer).consolePath("/ops").consoleScope("ops"), "/ops/api/now", token)
                        .settings())
                .containsExactly("tokenguard.console.scope", "tokenguard.scope-claim", "tokenguard.scope-hierarchy");
        assertThat(refusal(guarding(issuer).consolePath("/ops").consoleRole("operator"), "/ops/api/now", token)
                        .settings())
                .containsExactly("tokenguard.console.role", "tokenguard.roles-claim");
    }

    @Test
    void areThePropertiesOfARouteAndALimitThatHaveOne(TestIssuer issuer) {
        TokenGuardBuilder settings = GuardProperties.of(Map.of(
                        "tokenguard.issuer-uri",
                        issuer.issuer(),
                        "tokenguard.audiences",
                        GuardedIssuer.AUDIENCE,
                        "tokenguard.routes.reports",
                        "/reports scope a",
                        "tokenguard.routes.orders",
                        "/orders authenticated",
                        "tokenguard.limits.orders",
                        "/orders limit 5/1m per subject as " + DrilledLimiter.SPENT))
                .toBuilder();
        String token = issuer.token().audience(GuardedIssuer.AUDIENCE).sign();
        assertThat(refusal(settings, "/reports", token).settings())
                .containsExactly("tokenguard.routes.reports", "tokenguard.scope-claim", "tokenguard.scope-hierarchy");
        assertThat(refusal(settings, "/orders", token).settings()).containsExactly("tokenguard.limits.orders");
        assertThat(refusal(settings, "/elsewhere", token).settings()).containsExactly("tokenguard.routes");
    }

    @Test
    void areThoseOfRoutesBesideAConsole(TestIssuer issuer) {
        TokenGuardBuilder settings =
                guarding(issuer).consolePath("/ops").consoleScope("ops").route("/scope scope a");
        assertThat(refusal(settings, "/scope", issuer.token().sign()).settings())
                .contains("tokenguard.routes")
                .doesNotContain("tokenguard.console.scope");
    }

    @Test
    void areThoseOfTheHealthDocument(TestIssuer issuer) {
        RecordedLog.clear();
        try (TokenGuard guard =
                guarding(issuer).healthDocument("/tokenguard/health", "ops").build()) {
            guard.healthAnswer(IncomingRequest.builder("GET", "/tokenguard/health")
                    .overTls()
                    .header("Authorization", "Bearer " + issuer.token().sign())
                    .build());
        }
        assertThat(RecordedLog.audit())
                .anyMatch(line -> line.contains("reason=SCOPE_INSUFFICIENT")
                        && line.contains("expected=\"scope ops\"")
                        && line.contains("settings=tokenguard.health.scope,tokenguard.scope-claim,"));
    }

    @Test
    void areNoRoutesIfTheApplicationStatesTheRequirement(TestIssuer issuer) {
        try (TokenGuard guard = guarding(issuer).build()) {
            Decision decision = guard.decide(bearing(issuer.token().sign()), AccessRequirement.scope("a"));
            assertThat(((Decision.Refused) decision).refusal().settings())
                    .containsExactly("tokenguard.scope-claim", "tokenguard.scope-hierarchy");
        }
    }

    @Test
    void areThatOfASharedSecret(TestIssuer issuer) {
        TokenGuardBuilder settings = guarding(issuer, trusted -> trusted.hmacSecret(SECRET));
        String foreign = issuer.token().signWith(new byte[32], "HS256");
        Refusal refusal = refusal(settings, "/orders", foreign);
        assertThat(refusal.reason()).isEqualTo(RefusalReason.SIGNATURE_INVALID);
        assertThat(refusal.settings()).containsExactly("tokenguard.hmac-secret-file");
    }

    @Test
    void areASecretTooIfTheAlgorithmNeedsOne(TestIssuer issuer) {
        Refusal without = refusal(guarding(issuer), "/orders", issuer.token().signWith(SECRET, "HS256"));
        assertThat(without.reason()).isEqualTo(RefusalReason.ALGORITHM_NOT_ALLOWED);
        assertThat(without.settings()).containsExactly("tokenguard.algorithms", "tokenguard.hmac-secret-file");
        Refusal beside = refusal(
                guarding(issuer, trusted -> trusted.hmacSecret(SECRET)),
                "/orders",
                issuer.token().sign());
        assertThat(beside.settings()).containsExactly("tokenguard.algorithms", "tokenguard.hmac-secret-file");
    }

    @Test
    void areThoseOfKeysInCode(TestIssuer issuer) {
        TestKey key = TestKey.generate(TestAlgorithm.ES256, "known");
        TokenGuardBuilder settings = guarding(
                issuer,
                trusted -> trusted.keys(new VerificationKey("known", SignatureAlgorithm.ES256, key.publicKey())));
        Refusal refusal = refusal(
                settings, "/orders", issuer.token().key(key.withKid("other")).sign());
        assertThat(refusal.reason()).isEqualTo(RefusalReason.KEY_UNKNOWN);
        assertThat(refusal.settings()).containsExactly("TrustedIssuerBuilder.keys", "tokenguard.issuer-uri");
    }

    @Test
    void areThatOfTheFileOfANamedIssuer(TestIssuer issuer, @TempDir Path folder) throws IOException {
        TestKey key = TestKey.generate(TestAlgorithm.ES256, "known");
        Path file = Files.writeString(folder.resolve("keys.json"), "{\"keys\":[" + key.publicJwk() + "]}");
        try (TokenGuard guard = GuardProperties.of(Map.of(
                        "tokenguard.issuers.main.issuer-uri",
                        issuer.issuer(),
                        "tokenguard.issuers.main.audiences",
                        AUDIENCE,
                        "tokenguard.issuers.main.jwks-file",
                        file.toString(),
                        "tokenguard.routes.orders",
                        "/orders authenticated"))
                .toBuilder()
                .build()) {
            assertThat(guard.awaitReady(Duration.ofSeconds(5))).isTrue();
            Refusal refusal = refusal(
                    guard, "/orders", issuer.token().key(key.withKid("other")).sign());
            assertThat(refusal.settings())
                    .containsExactly("tokenguard.issuers.main.jwks-file", "tokenguard.issuers.main.issuer-uri");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "any-scope a,b,c | scope a or scope b or scope c | scopes [x]",
                "scope a,b | scope a and scope b | scopes [x]",
                "scope a,x | scope a | scopes [x]",
                "role r,s | role r or role s | roles []",
                "scope a,b or role r | scope a and scope b or role r | scopes [x], roles []",
                "any-scope a,b acr gold | one of [gold] | no acr"
            })
    void theyNameAllThatWouldHaveBeenAccepted(String requirement, String expected, String found, TestIssuer issuer) {
        Refusal refusal = refusal(
                guarding(issuer).route("/rule " + requirement),
                "/rule",
                issuer.token().scope("x").sign());
        assertThat(refusal.expected()).isEqualTo(expected);
        assertThat(refusal.found()).isEqualTo(found);
    }

    @Test
    void areThoseOfAllAlternatives(TestIssuer issuer) {
        Refusal refusal = refusal(
                guarding(issuer).route("/rule scope a or role r or acr gold"),
                "/rule",
                issuer.token().sign());
        assertThat(refusal.settings())
                .isEqualTo(List.of(
                        "tokenguard.routes",
                        "tokenguard.scope-claim",
                        "tokenguard.scope-hierarchy",
                        "tokenguard.roles-claim",
                        "tokenguard.acr-order"));
    }
}
