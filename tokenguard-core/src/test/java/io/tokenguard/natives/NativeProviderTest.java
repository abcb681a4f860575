package io.tokenguard.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.security.Security;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Native code is built for few machines; on others, these tests have nothing to say. */
class NativeProviderTest {
    private static final String PROVIDER = System.getProperty("test.native", "");
    private static final String AUDIENCE = "https://api.example.com";

    private final TestKey key = TestKey.generate(TestAlgorithm.ES256, "main");
    private final TestIssuer issuer = TestIssuer.builder().keys(key).start();

    @BeforeAll
    static void requireItsMachine() {
        assumeTrue(System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64"));
    }

    @BeforeEach
    void clear() {
        RecordedLog.clear();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static TokenGuardBuilder guarding(TestIssuer issuer) {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .build())
                .route("/orders authenticated");
    }

    private static boolean isGranted(TokenGuard guard, String token) {
        return guard.decide(IncomingRequest.builder("GET", "/orders")
                        .overTls()
                        .header("Authorization", "Bearer " + token)
                        .build())
                instanceof Decision.Granted;
    }

    private static String tampered(String token) {
        return CompactToken.parse(token).flipBit(300).compact();
    }

    @Test
    void isAskedAboutEveryAlgorithmWithoutBeingConfigured() {
        try (TokenGuard guard = guarding(issuer).build()) {
            String token = issuer.token().sign();
            assertThat(isGranted(guard, token)).isTrue();
            assertThat(isGranted(guard, tampered(token))).isFalse();
        }
        assertThat(RecordedLog.recent())
                .anyMatch(
                        event -> event.text()
                                .matches(
                                        "crypto-provider auto: signatures are checked by \\{" + PROVIDER
                                                + " [0-9.]+=\\[RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA]}"));
        assertThat(RecordedLog.recent()).noneMatch(event -> event.text().contains("is wrong about"));
    }

    @Test
    void isInstalledForNobodyElse() {
        guarding(issuer).build().close();
        assertThat(Security.getProvider(PROVIDER)).isNull();
    }

    @Test
    void isNamedByAProperty() {
        Map<String, String> properties = Map.of(
                "tokenguard.issuer-uri",
                issuer.issuer(),
                "tokenguard.audiences",
                AUDIENCE,
                "tokenguard.crypto-provider",
                PROVIDER,
                "tokenguard.routes.orders",
                "/orders authenticated");
        try (TokenGuard guard = GuardProperties.of(properties).toBuilder().build()) {
            String token = issuer.token().sign();
            assertThat(isGranted(guard, token)).isTrue();
            assertThat(isGranted(guard, tampered(token))).isFalse();
        }
        assertThat(RecordedLog.recent())
                .anyMatch(event ->
                        event.text().startsWith("crypto-provider " + PROVIDER + ": signatures are checked by"));
    }

    @Test
    void isLeftAsideForTheJdk() {
        try (TokenGuard guard = guarding(issuer).cryptoProvider("jdk").build()) {
            assertThat(isGranted(guard, issuer.token().sign())).isTrue();
        }
        assertThat(RecordedLog.recent()).noneMatch(event -> event.text().contains(PROVIDER));
    }

    @Test
    void whatIsNotOnTheClassPathCantBeNamed() {
        String other = PROVIDER.equals("Conscrypt") ? "AmazonCorrettoCryptoProvider" : "Conscrypt";
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guarding(issuer).cryptoProvider(other).build())
                .withMessageContaining("put it on the class path");
    }

    /** What was made ready for a key is handed from one thread to the next. */
    @ParameterizedTest
    @EnumSource(
            value = TestAlgorithm.class,
            names = {"RS256", "PS256", "ES256", "EDDSA"})
    void judgesRightOnManyThreadsAtOnce(TestAlgorithm algorithm) throws Exception {
        TestKey signing = TestKey.generate(algorithm, "many");
        issuer.publish(signing);
        VerificationKey verifying = new VerificationKey(
                "many", SignatureAlgorithm.named(algorithm.joseName()).orElseThrow(), signing.publicKey());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (TokenGuard guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .keys(verifying)
                        .build())
                .route("/orders authenticated")
                .build()) {
            Callable<Boolean> rounds =
                    () -> Stream.generate(() -> issuer.token().key(signing).sign())
                            .limit(200)
                            .allMatch(token -> !isGranted(guard, tampered(token)) && isGranted(guard, token));
            for (Future<Boolean> right :
                    threads.invokeAll(Stream.generate(() -> rounds).limit(8).toList())) {
                assertThat(right.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }
}
