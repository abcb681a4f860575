package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Dpop;
import io.tokenguard.internal.jose.GullibleProvider;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.security.Security;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CryptoProviderTest {
    private static TestIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.builder()
                .keys(TestKey.generate(TestAlgorithm.ES256, "main"))
                .start();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @BeforeEach
    void clear() {
        RecordedLog.clear();
    }

    private static TokenGuardBuilder elliptic() {
        return guarding(issuer, trusted -> trusted.algorithms(SignatureAlgorithm.ES256))
                .dpop(Dpop.supported().algorithms(SignatureAlgorithm.ES256));
    }

    private static void requireRightVerdicts(TokenGuard guard) {
        String token = issuer.token().sign();
        assertThat(reasonOf(guard.decide(bearing(token)))).isNull();
        String tampered = CompactToken.parse(token).flipBit(300).compact();
        assertThat(reasonOf(guard.decide(bearing(tampered)))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
        DpopClient client = DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256), Clock.systemUTC());
        String bound = issuer.token().boundTo(client.key()).sign();
        String proof = client.proof("GET", "https://api.example.com/orders")
                .forToken(bound)
                .sign();
        assertThat(reasonOf(guard.decide(proven(bound, proof)))).isNull();
        String forged = CompactToken.parse(proof).flipBit(300).compact();
        assertThat(reasonOf(guard.decide(proven(bound, forged)))).isEqualTo(RefusalReason.PROOF_INVALID);
    }

    private static io.tokenguard.access.IncomingRequest proven(String token, String proof) {
        return request()
                .header("Host", "api.example.com")
                .header("Authorization", "DPoP " + token)
                .header("DPoP", proof)
                .build();
    }

    @Test
    void thePlatformChecksSignaturesWithoutAWord() {
        try (TokenGuard guard = elliptic().cryptoProvider("jdk").build()) {
            requireRightVerdicts(guard);
        }
        assertThat(RecordedLog.recent()).noneMatch(event -> event.text().startsWith("crypto-provider"));
    }

    @Test
    void aProviderThatIsNamedChecksTokensAndProofs() {
        try (TokenGuard guard = elliptic().cryptoProvider("SunEC").build()) {
            requireRightVerdicts(guard);
        }
        assertThat(RecordedLog.recent())
                .anyMatch(event -> event.text().matches("crypto-provider SunEC: .*SunEC.*ES256.*"));
    }

    @Test
    void aProviderIsGivenInCodeToo() {
        try (TokenGuard guard =
                elliptic().cryptoProvider(Security.getProvider("SunEC")).build()) {
            requireRightVerdicts(guard);
        }
    }

    @Test
    void aPropertyNamesIt() {
        try (TokenGuard guard = GuardProperties.of(Map.of(
                        "tokenguard.issuer-uri", issuer.issuer(),
                        "tokenguard.audiences", GuardedIssuer.AUDIENCE,
                        "tokenguard.algorithms", "ES256",
                        "tokenguard.dpop.algorithms", "ES256",
                        "tokenguard.crypto-provider", "SunEC",
                        "tokenguard.routes.orders", "/orders authenticated"))
                .toBuilder()
                .build()) {
            requireRightVerdicts(guard);
        }
    }

    @Test
    void anAlgorithmThatItDoesNotOfferIsRefusedAtStart() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guarding(issuer).cryptoProvider("SunEC").build())
                .withMessageContaining("tokenguard.crypto-provider")
                .withMessageContaining("SunEC")
                .withMessageContaining("no provider verifies RS256")
                .withMessageContaining("tokenguard.algorithms");
    }

    @Test
    void anAlgorithmOfProofsThatItDoesNotOfferIsRefusedAtStart() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> elliptic()
                        .dpop(Dpop.supported())
                        .cryptoProvider("SunEC")
                        .build())
                .withMessageContaining("tokenguard.dpop.algorithms");
        elliptic().dpop(Dpop.off()).cryptoProvider("SunEC").build().close();
    }

    @Test
    void anAlgorithmThatItGetsWrongIsRefusedAtStart() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guarding(issuer, trusted -> trusted.algorithms(SignatureAlgorithm.RS256))
                        .dpop(Dpop.off())
                        .cryptoProvider(new GullibleProvider("Gullible"))
                        .build())
                .withMessageContaining("Gullible is wrong about RS256: other-text");
    }
}
