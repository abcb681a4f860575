package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.Security;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class JcaAlgorithmTest {
    /** RFC 7518 §3.5: one hash throughout, and a salt of its length. */
    @ParameterizedTest
    @CsvSource({"PS256, SHA-256, 32", "PS384, SHA-384, 48", "PS512, SHA-512, 64"})
    void statesTheParametersOfPss(SignatureAlgorithm algorithm, String hash, int saltLength) {
        PSSParameterSpec pss = JcaAlgorithm.of(algorithm).parameters().orElseThrow();
        assertThat(pss.getDigestAlgorithm()).isEqualTo(hash);
        assertThat(pss.getMGFParameters())
                .isInstanceOfSatisfying(
                        MGF1ParameterSpec.class,
                        mask -> assertThat(mask.getDigestAlgorithm()).isEqualTo(hash));
        assertThat(pss.getSaltLength()).isEqualTo(saltLength);
        assertThat(pss.getTrailerField()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_NONE,
            names = {"PS.*", "HS.*"})
    void statesNothingElse(SignatureAlgorithm algorithm) {
        assertThat(JcaAlgorithm.of(algorithm).parameters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, SunRsaSign, SHA256withRSA",
        "RS384, SunRsaSign, SHA384withRSA",
        "RS512, SunRsaSign, SHA512withRSA",
        "PS256, SunRsaSign, RSASSA-PSS",
        "ES256, SunEC, SHA256withECDSA",
        "ES384, SunEC, SHA384withECDSA",
        "ES512, SunEC, SHA512withECDSA",
        "ED25519, SunEC, Ed25519"
    })
    void findsTheNameThatAProviderKnows(SignatureAlgorithm algorithm, String provider, String name) {
        assertThat(JcaAlgorithm.of(algorithm).nameAt(Security.getProvider(provider)))
                .contains(name);
    }

    @Test
    void findsNoneWhereTheProviderDoesNotOfferIt() {
        assertThat(JcaAlgorithm.of(SignatureAlgorithm.RS256).nameAt(Security.getProvider("SunEC")))
                .isEmpty();
    }
}
