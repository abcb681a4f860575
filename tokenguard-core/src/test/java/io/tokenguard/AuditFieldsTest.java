package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.Dialect;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestEncryption;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** The fields that join events of one token, one client and one request. */
@ExtendWith(TestIssuerExtension.class)
class AuditFieldsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static Decision.Refused decide(TokenGuardBuilder settings, IncomingRequest.Builder request) {
        RecordedLog.clear();
        try (TokenGuard guard = settings.build()) {
            return (Decision.Refused) guard.decide(request.build());
        }
    }

    private static Refusal refusal(TokenGuardBuilder settings, TokenBuilder token) {
        return decide(settings, bearing(token)).refusal();
    }

    private static IncomingRequest.Builder bearing(TokenBuilder token) {
        return GuardedIssuer.request().header("Authorization", "Bearer " + token.sign());
    }

    private static TokenBuilder foreign(TestIssuer issuer) {
        return issuer.token().subject("alice").audience("https://other.example");
    }

    @Test
    void theAnswerCarriesTheIdentifierOfTheEvent(TestIssuer issuer) {
        Decision.Refused refused = decide(guarding(issuer), bearing(foreign(issuer)));
        assertThat(refused.refusal().id()).matches("[0-9A-HJKMNP-TV-Z]{26}");
        assertThat(refused.challenge().headers())
                .containsEntry("TokenGuard-Refusal", List.of(refused.refusal().id()));
    }

    @Test
    void theAnswerCarriesNoIdentifierIfThatIsOff(TestIssuer issuer) {
        assertThat(decide(guarding(issuer).withoutRefusalIds(), bearing(foreign(issuer)))
                        .challenge()
                        .headers())
                .doesNotContainKey("TokenGuard-Refusal");
    }

    @Test
    void aHashedSubjectIsTheSameInAllEventsAndNotTheSubject(TestIssuer issuer) {
        String first = refusal(guarding(issuer).hashSubjectsInAudit(SECRET), foreign(issuer))
                .subject();
        String second = refusal(guarding(issuer).hashSubjectsInAudit(SECRET), foreign(issuer))
                .subject();
        assertThat(first).matches("[A-Za-z0-9_-]{22}").isEqualTo(second);
        assertThat(refusal(guarding(issuer).hashSubjectsInAudit(SECRET + "x"), foreign(issuer))
                        .subject())
                .isNotEqualTo(first);
    }

    @Test
    void aHiddenSubjectIsInNoEvent(TestIssuer issuer) {
        assertThat(refusal(guarding(issuer).hideSubjectsInAudit(), foreign(issuer))
                        .subject())
                .isEmpty();
        assertThat(RecordedLog.audit()).noneMatch(line -> line.contains("alice"));
    }

    /** An operator joins what happened to one encrypted token, also if its key is missing now, and finds the signed token. */
    @Test
    void anEncryptedTokenHasOneFingerprintDecryptedOrNot(TestIssuer issuer, @TempDir Path folder) throws IOException {
        TestEncryption encryption = TestEncryption.generate("ECDH-ES", "A128GCM");
        String signed = foreign(issuer).sign();
        String encrypted = encryption.encrypt(signed);
        IncomingRequest.Builder request = GuardedIssuer.request().header("Authorization", "Bearer " + encrypted);
        Refusal decrypted = decide(
                        guarding(issuer)
                                .decryptionKeyFile(
                                        Files.writeString(folder.resolve("own.json"), encryption.privateJwk())),
                        request)
                .refusal();
        Refusal undecrypted = decide(
                        guarding(issuer)
                                .decryptionKeyFile(Files.writeString(
                                        folder.resolve("other.json"),
                                        TestEncryption.generate("ECDH-ES", "A128GCM")
                                                .privateJwk())),
                        request)
                .refusal();
        Refusal unread = decide(guarding(issuer), request).refusal();
        assertThat(List.of(decrypted, undecrypted, unread))
                .extracting(Refusal::reason)
                .containsExactly(
                        RefusalReason.AUDIENCE_MISMATCH,
                        RefusalReason.DECRYPTION_FAILED,
                        RefusalReason.TOKEN_ENCRYPTED);
        assertThat(List.of(decrypted, undecrypted, unread))
                .extracting(Refusal::encryptedFingerprint)
                .containsOnly(Revocation.presented(encrypted).target().substring(0, 16));
        assertThat(decrypted.tokenFingerprint())
                .isEqualTo(Revocation.presented(signed).target().substring(0, 16));
        assertThat(undecrypted.tokenFingerprint()).isEqualTo(undecrypted.encryptedFingerprint());
    }

    @Test
    void aCachedEncryptedTokenKeepsItsFingerprints(TestIssuer issuer, @TempDir Path folder) throws IOException {
        TestEncryption encryption = TestEncryption.generate("ECDH-ES", "A128GCM");
        String signed = issuer.token().sign();
        String encrypted = encryption.encrypt(signed);
        try (TokenGuard guard = guarding(issuer)
                .decryptionKeyFile(Files.writeString(folder.resolve("own.json"), encryption.privateJwk()))
                .build()) {
            assertThat(guard.decide(GuardedIssuer.bearing(encrypted))).isInstanceOf(Decision.Granted.class);
            assertThat(guard.revoke(Revocation.presented(signed))).isTrue();
            Refusal revoked = ((Decision.Refused) guard.decide(GuardedIssuer.bearing(encrypted))).refusal();
            assertThat(revoked.encryptedFingerprint())
                    .isEqualTo(Revocation.presented(encrypted).target().substring(0, 16));
            assertThat(revoked.tokenFingerprint())
                    .isEqualTo(Revocation.presented(signed).target().substring(0, 16));
        }
    }

    @Test
    void aSignedTokenHasNoFingerprintOfAnEncryptedOne(TestIssuer issuer) {
        assertThat(refusal(guarding(issuer), foreign(issuer)).encryptedFingerprint())
                .isEmpty();
    }

    @Test
    void theFingerprintIsThatOfTheRevocationOfTheToken(TestIssuer issuer) {
        String token = foreign(issuer).sign();
        Decision.Refused refused =
                decide(guarding(issuer), GuardedIssuer.request().header("Authorization", "Bearer " + token));
        assertThat(Revocation.presented(token).target())
                .startsWith(refused.refusal().tokenFingerprint())
                .isNotEqualTo(refused.refusal().tokenFingerprint());
    }

    @Test
    void theClientIsReadByTheDialectOfTheIssuer(TestIssuer issuer) {
        TokenGuardBuilder settings = guarding(issuer, trusted -> trusted.dialect(Dialect.KEYCLOAK));
        TokenBuilder token = foreign(issuer)
                .type("JWT")
                .withoutClaim("client_id")
                .claim("typ", "Bearer")
                .claim("azp", "web-shop");
        assertThat(refusal(settings, token).clientId()).isEqualTo("web-shop");
    }

    @Test
    void theClientsAddressIsTheOneThatATrustedProxyNames(TestIssuer issuer) {
        IncomingRequest.Builder request = bearing(foreign(issuer))
                .clientAddress("10.0.0.1")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-For", "203.0.113.7");
        assertThat(decide(guarding(issuer).trustedProxies("10.0.0.1"), request)
                        .refusal()
                        .clientAddress())
                .isEqualTo("203.0.113.7");
        assertThat(decide(guarding(issuer), request).refusal().clientAddress()).isEqualTo("10.0.0.1");
    }

    @Test
    void theTraceIsThatOfTheFieldTraceparent(TestIssuer issuer) {
        IncomingRequest.Builder request = bearing(foreign(issuer))
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        assertThat(decide(guarding(issuer), request).refusal().traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void theTraceIsThatOfTheApplicationsLogIfThereIsOne(TestIssuer issuer) {
        MDC.put("traceId", "of-the-application");
        try {
            IncomingRequest.Builder request = bearing(foreign(issuer))
                    .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
            assertThat(decide(guarding(issuer), request).refusal().traceId()).isEqualTo("of-the-application");
        } finally {
            MDC.remove("traceId");
        }
    }

    @Test
    void theAddressOfAProofIsComparedWithOursAndItsSource(TestIssuer issuer) {
        DpopClient client = DpopClient.create();
        String token = issuer.token().boundTo(client.key()).sign();
        IncomingRequest.Builder request = GuardedIssuer.request()
                .header("Authorization", "DPoP " + token)
                .header(
                        "DPoP",
                        client.proof("GET", "http://internal:8080/orders")
                                .forToken(token)
                                .sign());
        Refusal refusal = decide(guarding(issuer).resource(URI.create("https://api.example.com")), request)
                .refusal();
        assertThat(refusal.found()).isEqualTo("htu http://internal:8080/orders");
        assertThat(refusal.expected()).isEqualTo("htu https://api.example.com/orders, by tokenguard.resource.uri");
    }

    @Test
    void atMostEightKeyIdsAreNamed() {
        TestKey[] keys = IntStream.range(0, 10)
                .mapToObj(number -> TestKey.generate(TestAlgorithm.ES256, "k" + number))
                .toArray(TestKey[]::new);
        try (TestIssuer issuer = TestIssuer.builder().keys(keys).start()) {
            assertThat(refusal(guarding(issuer), foreign(issuer).header("kid", "nobody"))
                            .expected())
                    .matches("a key of \\[k0, k1, k2, k3, k4, k5, k6, k7\\] and 2 more, loaded \\d+ s ago");
        }
    }

    @Test
    void aMalformedTraceIsNotShown(TestIssuer issuer) {
        IncomingRequest.Builder request = bearing(foreign(issuer))
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e473X-00f067aa0ba902b7-01");
        assertThat(decide(guarding(issuer), request).refusal().traceId()).isEmpty();
    }

    @Test
    void anUnknownIssuerIsComparedWithTheNearestTrustedOne(TestIssuer issuer) {
        Map<String, String> differences = Map.of(
                issuer.issuer() + "/",
                "the slash at its end",
                issuer.issuer().replace("http:", "https:"),
                "its scheme",
                issuer.issuer().replace("http:", "HTTP:"),
                "upper and lower case",
                issuer.issuer() + "/realms/other",
                "its path");
        differences.forEach((name, difference) -> {
            Refusal refusal = refusal(guarding(issuer), issuer.token().issuer(name));
            assertThat(refusal.hint()).contains(" in " + difference + ";");
            assertThat(refusal.expected()).isEqualTo(issuer.issuer());
        });
    }

    @Test
    void aForwardedRequestFromAnUntrustedProxyNamesTheProxyToTrust(TestIssuer issuer) {
        IncomingRequest.Builder request = IncomingRequest.builder("GET", "/orders")
                .clientAddress("10.0.0.9")
                .header("X-Forwarded-Proto", "https")
                .header("Authorization", "Bearer " + issuer.token().sign());
        assertThat(decide(guarding(issuer), request).refusal().hint()).endsWith("tokenguard.trusted-proxies=10.0.0.9");
    }
}
