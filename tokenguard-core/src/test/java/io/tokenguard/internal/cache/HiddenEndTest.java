package io.tokenguard.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenEndTest {
    private static final String SIGNATURE = "s".repeat(500);
    private static final String SIGNED = "Bearer header.payload." + SIGNATURE;
    private static final String ENCRYPTED = "Bearer header.key.iv.text." + "t".repeat(60);
    private static final int START = 7;

    /** A key of some algorithm, of which nothing else is known. */
    private record Named(String algorithm) implements PublicKey {
        @Override
        public String getAlgorithm() {
            return algorithm;
        }

        @Override
        public String getFormat() {
            return "";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }

    @ParameterizedTest
    @CsvSource({"EC, 256", "Ed25519, 255", "Ed448, 448", "RSA, 2048"})
    void is43CharactersOfUsualSignatures(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance(algorithm);
        keys.initialize(bits);
        PublicKey key = keys.generateKeyPair().getPublic();
        assertThat(HiddenEnd.of(SIGNED, START, key)).hasValue(43);
    }

    @Test
    void is43CharactersOfAnHmac() {
        assertThat(HiddenEnd.of(SIGNED, START, new Named("HMAC"))).hasValue(43);
    }

    /** FIPS 204, algorithm 8: from the public key and the visible part, the hints at the end can be found. */
    @ParameterizedTest
    @CsvSource({"ML-DSA", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"})
    void isTheWholeSignatureOfMlDsa(String algorithm) {
        assertThat(HiddenEnd.of(SIGNED, START, new Named(algorithm))).hasValue(SIGNATURE.length());
    }

    /** The tag at the end follows from the decryption key (RFC 7516 §5.2). */
    @Test
    void isAllOfAnEncryptedToken() {
        assertThat(HiddenEnd.of(ENCRYPTED, START, new Named("EC"))).hasValue(ENCRYPTED.length() - START);
    }

    @Test
    void leavesTokensOfUnknownKeysAndOfSmallExponentsOut() throws GeneralSecurityException {
        assertThat(HiddenEnd.of(SIGNED, START, new Named("other"))).isEmpty();
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F0));
        assertThat(HiddenEnd.of(SIGNED, START, keys.generateKeyPair().getPublic()))
                .isEmpty();
    }
}
