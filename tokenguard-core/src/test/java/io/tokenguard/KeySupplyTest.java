package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeySupplyTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "first");
    private static final TestKey OTHER = TestKey.generate(TestAlgorithm.ES256, "other");

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final ManualTimer timer = new ManualTimer(clock);
    private TestIssuer issuer;

    @BeforeEach
    void start() {
        issuer = TestIssuer.builder().keys(KEY).clock(clock).start();
    }

    @AfterEach
    void stop() {
        issuer.close();
        timer.shutdownNow();
    }

    private TokenGuard guard() {
        return guard(UnaryOperator.identity());
    }

    private TokenGuard guard(UnaryOperator<TrustedIssuerBuilder> settings) {
        return guarding(issuer, settings)
                .clock(clock)
                .timer(timer)
                .chance(() -> 0.5)
                .build();
    }

    private RefusalReason reason(TokenGuard guard) {
        return reasonOf(guard.decide(bearing(issuer.token().sign())));
    }

    private void awaitLoads(TestEndpoint endpoint, int loads) {
        Awaitility.await()
                .until(() ->
                        issuer.requests(endpoint) >= loads && !timer.delays().isEmpty());
    }

    @Test
    void findsKeysByOpenIdDiscovery() {
        try (TokenGuard guard = guard()) {
            assertThat(reason(guard)).isNull();
            assertThat(issuer.requests(TestEndpoint.OIDC_DISCOVERY)).isEqualTo(1);
            assertThat(issuer.requests(TestEndpoint.OAUTH_DISCOVERY)).isZero();
        }
    }

    @Test
    void findsKeysByTheMetadataOfRfc8414WhereThereIsNoOpenIdDiscovery() {
        try (TestIssuer tenant = TestIssuer.builder()
                .keys(KEY)
                .path("/tenants/demo")
                .clock(clock)
                .start()) {
            tenant.on(TestEndpoint.OIDC_DISCOVERY).answer(Fault.status(404));
            try (TokenGuard guard = guarding(tenant).clock(clock).build()) {
                assertThat(reasonOf(guard.decide(bearing(tenant.token().sign()))))
                        .isNull();
                assertThat(tenant.recorded(TestEndpoint.OAUTH_DISCOVERY).get(0).path())
                        .isEqualTo("/.well-known/oauth-authorization-server/tenants/demo");
            }
        }
    }

    @Test
    void findsKeysAtAnAddress() {
        try (TokenGuard guard = guard(settings -> settings.keysFrom(issuer.jwksUri()))) {
            assertThat(reason(guard)).isNull();
            assertThat(issuer.requests(TestEndpoint.OIDC_DISCOVERY)).isZero();
        }
    }

    @Test
    void findsKeysInAFileAndSeesItReplaced(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("jwks.json");
        Files.writeString(file, issuer.jwksJson());
        try (TokenGuard guard = guard(settings -> settings.keysFrom(file))) {
            assertThat(reason(guard)).isNull();
            issuer.rotateTo(OTHER);
            assertThat(reason(guard)).isEqualTo(RefusalReason.KEY_UNKNOWN);
            Files.writeString(file, issuer.jwksJson());
            timer.advance(Duration.ofMinutes(5));
            Awaitility.await().until(() -> reason(guard) == null);
            assertThat(issuer.requests(TestEndpoint.JWKS)).isZero();
        }
    }

    @Test
    void takesKeysThatAreGivenInCode() {
        try (TokenGuard guard = guard(
                settings -> settings.keys(new VerificationKey(KEY.kid(), SignatureAlgorithm.ES256, KEY.publicKey())))) {
            assertThat(reason(guard)).isNull();
        }
    }

    @Test
    void takesKeysFromWhereverTheApplicationHasThem() {
        try (TokenGuard guard = guard(settings ->
                settings.keysFrom((keyId, algorithm) -> new VerificationKey(KEY.kid(), algorithm, KEY.publicKey())))) {
            assertThat(reason(guard)).isNull();
        }
    }

    @Test
    void refusesMetadataOfAnotherIssuer() {
        issuer.on(TestEndpoint.OIDC_DISCOVERY)
                .answer(Fault.body(
                        "{\"issuer\":\"https://elsewhere.example\",\"jwks_uri\":\"" + issuer.jwksUri() + "\"}"));
        try (TokenGuard guard = guard()) {
            assertThat(reason(guard)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            assertThat(issuer.requests(TestEndpoint.JWKS)).isZero();
        }
    }

    @Test
    void fetchesNoKeysFromAnAddressThatIsNotHttps() {
        issuer.on(TestEndpoint.OIDC_DISCOVERY)
                .answer(Fault.body("{\"issuer\":\"" + issuer.issuer() + "\",\"jwks_uri\":\"http://192.0.2.1/jwks\"}"));
        try (TokenGuard guard = guard()) {
            assertThat(reason(guard)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
        }
    }

    @Test
    void seesARotationWithTheFirstTokenOfTheNewKey() {
        try (TokenGuard guard = guard()) {
            assertThat(reason(guard)).isNull();
            issuer.rotateTo(OTHER);
            assertThat(reason(guard)).isNull();
            assertThat(issuer.requests(TestEndpoint.JWKS)).isEqualTo(2);
        }
    }

    @Test
    void letsUnknownKeysCauseOneLoadInACooldown() {
        try (TokenGuard guard = guard()) {
            assertThat(reason(guard)).isNull();
            for (int i = 0; i < 20; i++) {
                String token = issuer.token().header("kid", "unknown-" + i).sign();
                assertThat(reasonOf(guard.decide(bearing(token))))
                        .isEqualTo(i < 1 || i > 5 ? RefusalReason.KEY_UNKNOWN : RefusalReason.KEYS_UNAVAILABLE);
            }
            assertThat(issuer.requests(TestEndpoint.JWKS)).isEqualTo(2);
            clock.advance(Duration.ofSeconds(30));
            guard.decide(bearing(issuer.token().header("kid", "unknown").sign()));
            assertThat(issuer.requests(TestEndpoint.JWKS)).isEqualTo(3);
        }
    }

    @Test
    void loadsKeysAheadOfTheirEndWithoutAnyRequest() {
        try (TokenGuard guard = guard()) {
            assertThat(reason(guard)).isNull();
            Awaitility.await().until(() -> !timer.delays().isEmpty());
            timer.advance(Duration.ofMinutes(4));
            awaitLoads(TestEndpoint.JWKS, 2);
        }
    }

    @Test
    void refusesAWithdrawnKeyOnceTheKeysWereLoadedAnew() {
        try (TokenGuard guard = guard()) {
            assertThat(reason(guard)).isNull();
            Awaitility.await().until(() -> !timer.delays().isEmpty());
            String old = issuer.token().sign();
            issuer.rotateTo(OTHER);
            issuer.withdraw(KEY);
            timer.advance(Duration.ofMinutes(4));
            Awaitility.await().until(() -> reasonOf(guard.decide(bearing(old))) == RefusalReason.KEY_UNKNOWN);
        }
    }

    @Test
    void servesThroughAnOutageUntilItsEndAndThenCantTell() {
        try (TokenGuard guard = guard()) {
            assertThat(reason(guard)).isNull();
            issuer.goDown();
            clock.advance(Duration.ofHours(4).minusSeconds(1));
            assertThat(reason(guard)).isNull();
            clock.advance(Duration.ofSeconds(1));
            assertThat(reason(guard)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
        }
    }

    @Test
    void startsWithoutItsIssuerAndRecoversByItself() {
        issuer.goDown();
        try (TokenGuard guard = guard()) {
            Awaitility.await().until(() -> reason(guard) == RefusalReason.KEYS_UNAVAILABLE);
            Awaitility.await().until(() -> timer.delays().contains(Duration.ofMillis(200)));
            Awaitility.await().until(() -> !guard.health().issuers().get(0).isLoading());
            issuer.comeBack();
            timer.advance(Duration.ofMillis(200));
            Awaitility.await().until(() -> !guard.health().issuers().get(0).isLoading());
            assertThat(reason(guard)).isNull();
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                Fault.status(500),
                Fault.status(304),
                Fault.body("<html>"),
                Fault.body("{\"keys\":[]}"),
                Fault.body("{\"keys\":{}}"),
                Fault.body("[]"),
                Fault.truncated(),
                Fault.oversize(1_100_000),
                Fault.endless(),
                Fault.status(200).header("Content-Encoding", "br").body("{}"),
                Fault.dropConnection(),
                Fault.redirectTo(URI.create("http://127.0.0.1:1/jwks")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void keepsItsKeysWhenALoadBringsNone(Fault fault) {
        try (TokenGuard guard = guard()) {
            assertThat(reason(guard)).isNull();
            Awaitility.await().until(() -> timer.delays().contains(Duration.ofMinutes(4)));
            issuer.on(TestEndpoint.JWKS).answer(fault);
            issuer.on(TestEndpoint.OIDC_DISCOVERY).answer(fault);
            issuer.on(TestEndpoint.OAUTH_DISCOVERY).answer(fault);
            timer.advance(Duration.ofMinutes(4));
            Awaitility.await().until(() -> timer.delays().contains(Duration.ofSeconds(5)));
            assertThat(reason(guard)).isNull();
            issuer.heal();
            timer.advance(Duration.ofSeconds(5));
            Awaitility.await().until(() -> timer.delays().contains(Duration.ofMinutes(4)));
        }
    }

    static Stream<Fault> slowFaults() {
        return Stream.of(Fault.hang(), Fault.drip(Duration.ofMillis(50)));
    }

    @ParameterizedTest
    @MethodSource("slowFaults")
    void givesUpALoadThatTakesTooLongItsBodyIncluded(Fault fault) {
        issuer.on(TestEndpoint.JWKS).answer(fault);
        try (TokenGuard guard = guarding(
                        issuer, settings -> settings.keysFrom(issuer.jwksUri()).keyTimeout(Duration.ofMillis(100)))
                .clock(clock)
                .build()) {
            Awaitility.await().until(() -> reason(guard) == RefusalReason.KEYS_UNAVAILABLE);
        }
    }

    @Test
    void refusesAtStartKeysThatBreakTheRules() {
        TestKey weak = TestKey.rsa(1024, TestAlgorithm.RS256, "weak");
        var given = new VerificationKey("weak", SignatureAlgorithm.RS256, weak.publicKey());
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guard(settings -> settings.keys(given)))
                .withMessageContaining("weak")
                .withMessageContaining("2048");
        var otherKind = new VerificationKey("ec", SignatureAlgorithm.RS256, KEY.publicKey());
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guard(settings -> settings.keys(otherKind)))
                .withMessageContaining("does not support this algorithm");
    }
}
