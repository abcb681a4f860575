package io.tokenguard.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8017 §9.2: one message has one encoding. The signatures here are all made with the right key. */
class Pkcs1SchemeTest {
    private static final byte[] SIGNED = "header.payload".getBytes(US_ASCII);
    private static final TestKey RSA = TestKey.generate(TestAlgorithm.RS256);
    private static final String SHA256 = "3031300d060960864801650304020105000420";

    private static boolean verify(SignatureAlgorithm algorithm, byte[] signature)
            throws GeneralSecurityException, IOException {
        return Pkcs1Scheme.of(algorithm).orElseThrow().prepare(RSA.publicKey()).verify(SIGNED, signature);
    }

    private static byte[] sign(byte[] encoded) {
        return RawRsa.sign(RSA, encoded);
    }

    private static byte[] digestInfo(String prefix) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(SIGNED);
        byte[] start = HexFormat.of().parseHex(prefix);
        return ByteBuffer.allocate(start.length + digest.length)
                .put(start)
                .put(digest)
                .array();
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "RS384", "RS512"})
    void takesWhatTheKeySignedForItsOwnHashOnly(SignatureAlgorithm algorithm)
            throws GeneralSecurityException, IOException {
        byte[] signature = RSA.sign(TestAlgorithm.valueOf(algorithm.name()), SIGNED);
        assertThat(verify(SignatureAlgorithm.RS256, signature)).isEqualTo(algorithm == SignatureAlgorithm.RS256);
        assertThat(verify(SignatureAlgorithm.RS384, signature)).isEqualTo(algorithm == SignatureAlgorithm.RS384);
        assertThat(verify(SignatureAlgorithm.RS512, signature)).isEqualTo(algorithm == SignatureAlgorithm.RS512);
    }

    @Test
    void takesTheEncodingThatTheSpecificationWritesDown() throws GeneralSecurityException, IOException {
        assertThat(verify(SignatureAlgorithm.RS256, sign(RawRsa.encode(1, digestInfo(SHA256)))))
                .isTrue();
    }

    /** Without its NULL, with a length in its long form, with the name of another hash, with NULL of a length, bare. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "302f300b06096086480165030402010420",
                "308131300d060960864801650304020105000420",
                "3031300d060960864801650304020205000420",
                "3031300d060960864801650304020105010420",
                ""
            })
    void refusesEverySpellingOfTheDigestInfoButOne(String prefix) throws GeneralSecurityException, IOException {
        assertThat(verify(SignatureAlgorithm.RS256, sign(RawRsa.encode(1, digestInfo(prefix)))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 0xFF})
    void refusesOtherBlockTypes(int blockType) throws GeneralSecurityException, IOException {
        assertThat(verify(SignatureAlgorithm.RS256, sign(RawRsa.encode(blockType, digestInfo(SHA256)))))
                .isFalse();
    }

    /** CVE-2006-4339: what stands behind the hash was not looked at. */
    @Test
    void refusesShortPaddingWithRubbishBehind() throws GeneralSecurityException, IOException {
        byte[] encoded = RawRsa.encodeWithRubbishBehind(digestInfo(SHA256));
        assertThat(verify(SignatureAlgorithm.RS256, sign(encoded))).isFalse();
    }

    /** In the padding, at the zero behind it, in the DigestInfo, and in the hash. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 203, 204, 205, 223, 224, 255})
    void refusesAnyOtherOctet(int at) throws GeneralSecurityException, IOException {
        byte[] encoded = RawRsa.encode(1, digestInfo(SHA256));
        encoded[at] ^= 1;
        assertThat(verify(SignatureAlgorithm.RS256, sign(encoded))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "ED25519"})
    void isNotTheSchemeOfOtherAlgorithms(SignatureAlgorithm algorithm) {
        assertThat(Pkcs1Scheme.of(algorithm)).isEmpty();
    }

    @Test
    void refusesAKeyOfAnotherKind() throws GeneralSecurityException, IOException {
        byte[] signature = RSA.sign(TestAlgorithm.RS256, SIGNED);
        TestKey other = TestKey.generate(TestAlgorithm.ES256);
        assertThat(Pkcs1Scheme.of(SignatureAlgorithm.RS256)
                        .orElseThrow()
                        .prepare(other.publicKey())
                        .verify(SIGNED, signature))
                .isFalse();
    }

    @Test
    void needsNoProvider() {
        SignatureScheme scheme = Pkcs1Scheme.of(SignatureAlgorithm.RS256).orElseThrow();
        assertThat(scheme.isAvailable()).isTrue();
        assertThat(scheme.worker()).isEqualTo("TokenGuard");
    }
}
