package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8410 §4: the keys of the platform, read without it. */
class EdwardsPublicKeyTest {
    private static EdECPublicKey generate(String curve) throws GeneralSecurityException {
        return (EdECPublicKey)
                KeyPairGenerator.getInstance(curve).generateKeyPair().getPublic();
    }

    private static Map<String, Object> jwk(String curve, EdECPublicKey key, int bytes) {
        byte[] encoded = key.getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - bytes, encoded.length);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(point);
        return Map.of("kty", "OKP", "crv", curve, "x", text);
    }

    /** Many, for the lowest bit of x is in the highest one of y. */
    @ParameterizedTest
    @CsvSource({"Ed25519, 32", "Ed448, 57"})
    void isThatOfThePlatform(String curve, int bytes) throws GeneralSecurityException, MalformedException {
        for (int i = 0; i < 8; i++) {
            EdECPublicKey key = generate(curve);
            EdwardsPublicKey read = EdwardsPublicKey.read(jwk(curve, key, bytes));
            assertThat(read.getEncoded()).isEqualTo(key.getEncoded());
            assertThat(read.getPoint().getY()).isEqualTo(key.getPoint().getY());
            assertThat(read.getPoint().isXOdd()).isEqualTo(key.getPoint().isXOdd());
            assertThat(read.getParams().getName()).isEqualTo(curve);
            assertThat(JwkThumbprint.of(read)).isEqualTo(JwkThumbprint.of(key));
            assertThat(Objects.requireNonNull(EdwardsPublicKey.ofEncoded(key.getEncoded())))
                    .isEqualTo(read);
        }
    }

    @ParameterizedTest
    @CsvSource({"Ed25519, 32", "Ed448, 57"})
    void isReadWhereThePlatformHasNoSuchKeys(String curve, int bytes) throws GeneralSecurityException {
        EdECPublicKey key = generate(curve);
        StrippedPlatform.during(
                new BouncyCastleProvider(),
                () -> assertThat(
                                JwkReader.readKey(jwk(curve, key, bytes)).uses().values())
                        .singleElement()
                        .satisfies(use -> assertThat(use.publicKey()).isInstanceOf(EdwardsPublicKey.class)));
    }
}
