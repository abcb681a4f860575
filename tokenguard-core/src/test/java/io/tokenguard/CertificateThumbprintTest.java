package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.GuardStats.SignatureStats;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code x5t} and {@code x5t#S256} in a token's header (RFC 7515 §4.1.7, §4.1.8): without a key ID, they select one of several keys
 * for the algorithm. They never bring a key, and no token is tried with two.
 */
class CertificateThumbprintTest {
    private static final TestKey ONE = TestKey.generate(TestAlgorithm.ES256, "one");
    private static final TestKey TWO = TestKey.generate(TestAlgorithm.ES256, "two");
    private static final TestCertificate FIRST = TestCertificate.selfSigned("first");
    private static final TestCertificate SECOND = TestCertificate.selfSigned("second");

    private final KeyDrill drill = KeyDrill.addressed();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        drill.close();
    }

    private void publish(String... jwks) {
        drill.answer(Fault.body("{\"keys\":[" + String.join(",", jwks) + "]}"));
    }

    private static String with(TestKey key, String member, Object value) {
        Map<String, Object> members = key.publicJwkMembers();
        members.put(member, value);
        return TestJson.write(members);
    }

    private TokenBuilder unnamed(TestKey key) {
        return drill.issuer.token().key(key).withoutHeader("kid");
    }

    private RefusalReason judge(TokenGuard guard, String token) {
        RefusalReason reason = reasonOf(guard.decide(bearing(token)));
        KeyDrill.settle(guard);
        return reason;
    }

    private RefusalReason judge(TokenBuilder token) {
        return judge(drill.guard, token.sign());
    }

    private static String sha1(byte[] der) throws GeneralSecurityException {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-1").digest(der));
    }

    private static String certified(TestCertificate certificate) {
        return TestJson.write(
                Map.of("kty", "EC", "x5c", List.of(Base64.getEncoder().encodeToString(certificate.der()))));
    }

    /** A token without a key ID that the key of a certificate has signed. */
    private String signedBy(TestCertificate certificate, String parameter, String thumbprint)
            throws GeneralSecurityException, IOException {
        CompactToken token = CompactToken.parse(drill.issuer
                .token()
                .withoutHeader("kid")
                .header(parameter, thumbprint)
                .unsigned("ES256"));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(certificate.pkcs12("p")), "p".toCharArray());
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign((PrivateKey) store.getKey("own", "p".toCharArray()));
        signature.update(token.signingInput());
        return token.withSignature(signature.sign()).compact();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x5t", "x5t#S256"})
    void ofTheMembersOfAKeyLeavesOneKey(String name) {
        publish(with(ONE, name, "thumbprint-1"), with(TWO, name, "thumbprint-2"));
        assertThat(judge(unnamed(ONE).header(name, "thumbprint-1"))).isNull();
        assertThat(judge(unnamed(TWO).header(name, "thumbprint-2"))).isNull();
        assertThat(judge(unnamed(TWO).header(name, "thumbprint-1"))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
    }

    @Test
    void ofTheCertificateOfAKeyLeavesOneKey() throws GeneralSecurityException, IOException {
        publish(certified(FIRST), certified(SECOND));
        assertThat(judge(drill.guard, signedBy(FIRST, "x5t#S256", FIRST.thumbprint())))
                .isNull();
        assertThat(judge(drill.guard, signedBy(SECOND, "x5t", sha1(SECOND.der()))))
                .isNull();
        assertThat(judge(drill.guard, signedBy(SECOND, "x5t", sha1(FIRST.der()))))
                .isEqualTo(RefusalReason.SIGNATURE_INVALID);
    }

    @Test
    void ofACertificateInPemLeavesOneKey() throws GeneralSecurityException, IOException {
        Path file = Files.writeString(folder.resolve("keys.pem"), FIRST.pem() + SECOND.pem());
        try (TokenGuard guard = drill.describe(issuer -> issuer.keysFrom(file)).build()) {
            assertThat(judge(guard, signedBy(SECOND, "x5t#S256", SECOND.thumbprint())))
                    .isNull();
            assertThat(judge(guard, signedBy(FIRST, "x5t#S256", SECOND.thumbprint())))
                    .isEqualTo(RefusalReason.SIGNATURE_INVALID);
        }
    }

    @Test
    void ofAnotherCertificateLeavesNone() {
        publish(with(ONE, "x5t", "thumbprint-1"), with(TWO, "x5t", "thumbprint-2"));
        assertThat(judge(unnamed(ONE).header("x5t", "thumbprint-2x"))).isNotNull();
        drill.pass(Duration.ofSeconds(30));
        assertThat(judge(unnamed(ONE).header("x5t", "thumbprint-2x"))).isEqualTo(RefusalReason.KEY_AMBIGUOUS);
    }

    @Test
    void ofTwoKeysLeavesNone() {
        publish(with(ONE, "x5t", "same"), with(TWO, "x5t", "same"));
        assertThat(judge(unnamed(ONE).header("x5t", "same"))).isEqualTo(RefusalReason.KEY_AMBIGUOUS);
    }

    /** RFC 7515 §4.1.8 prefers SHA-256; an unknown thumbprint of it leaves the decision to the other. */
    @Test
    void withTheStrongerHashDecidesFirst() {
        publish(with(ONE, "x5t#S256", "strong"), with(TWO, "x5t", "weak"));
        assertThat(judge(unnamed(ONE).header("x5t", "weak").header("x5t#S256", "strong")))
                .isNull();
        assertThat(judge(unnamed(TWO).header("x5t", "weak").header("x5t#S256", "of no key")))
                .isNull();
    }

    @Test
    void isNotNeededBesideAKeyId() {
        publish(with(ONE, "x5t", "thumbprint-1"), with(TWO, "x5t", "thumbprint-2"));
        assertThat(judge(drill.issuer.token().key(ONE).header("x5t", "thumbprint-2")))
                .isNull();
    }

    @Test
    void isNotNeededWhereTheAlgorithmLeavesOneKey() {
        publish(with(ONE, "x5t", "thumbprint-1"));
        assertThat(judge(unnamed(ONE).header("x5t", "of a renewed certificate")))
                .isNull();
    }

    /** What can't be a thumbprint is no reason to refuse a token that does not need one. */
    @Test
    void isIgnoredIfItIsNoText() {
        publish(ONE.publicJwk());
        for (Object value : Arrays.asList(null, 1, true, "", "x".repeat(257), List.of("x"), Map.of())) {
            assertThat(judge(unnamed(ONE).header("x5t", value))).as("%s", value).isNull();
        }
    }

    @Test
    void leadsToOneVerification() {
        publish(with(ONE, "x5t", "thumbprint-1"), with(TWO, "x5t", "thumbprint-2"));
        assertThat(judge(unnamed(TWO).header("x5t#S256", "thumbprint-1").header("x5t", "thumbprint-2")))
                .isEqualTo(RefusalReason.SIGNATURE_INVALID);
        assertThat(drill.guard.stats().signatures())
                .filteredOn(stats -> stats.valid() + stats.invalid() > 0)
                .extracting(SignatureStats::invalid)
                .containsExactly(1L);
    }

    /** A cached token is accepted for as long as its key is published. */
    @Test
    void ofAWithdrawnKeyRefusesTheCachedToken() {
        publish(with(ONE, "x5t", "thumbprint-1"), with(TWO, "x5t", "thumbprint-2"));
        String token = unnamed(ONE).header("x5t", "thumbprint-1").sign();
        assertThat(judge(drill.guard, token)).isNull();
        assertThat(judge(drill.guard, token)).as("from the cache").isNull();
        publish(TWO.publicJwk(), KeyDrill.OTHER.publicJwk());
        drill.pass(Duration.ofMinutes(6));
        assertThat(judge(drill.guard, token)).isNotNull();
    }

    @Test
    void ofANewKeyLoadsTheKeysAtOnce() {
        publish(with(ONE, "x5t", "thumbprint-1"), with(TWO, "x5t", "thumbprint-2"));
        assertThat(judge(unnamed(ONE).header("x5t", "thumbprint-1"))).isNull();
        drill.pass(Duration.ofSeconds(30));
        TestKey next = TestKey.generate(TestAlgorithm.ES256, "next");
        publish(with(ONE, "x5t", "thumbprint-1"), with(next, "x5t", "thumbprint-3"));
        TokenBuilder rotated = unnamed(next).header("x5t", "thumbprint-3");
        RefusalReason first = judge(rotated);
        assertThat(first == RefusalReason.KEYS_UNAVAILABLE ? judge(rotated) : first)
                .isNull();
    }
}
