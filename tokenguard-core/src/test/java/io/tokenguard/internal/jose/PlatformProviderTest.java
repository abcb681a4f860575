package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.Provider;
import java.security.Security;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import org.jose4j.jca.ProviderContext.Context;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A verdict must not depend on which providers stand first in the list of the JVM. */
class PlatformProviderTest {
    @ParameterizedTest
    @CsvSource({"RSA, SunRsaSign", "EC, SunEC", "OKP, SunEC"})
    void readsKeys(String keyType, String provider) {
        assertThat(PlatformProvider.forKeys(keyType)).isEqualTo(provider);
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void verifiesSignatures(SignatureAlgorithm algorithm) {
        Context context = PlatformProvider.forSignatures(algorithm).getSuppliedKeyProviderContext();
        boolean isRsa = algorithm.name().matches("[RP]S.*");
        assertThat(context.getSignatureProvider()).isEqualTo(isRsa ? "SunRsaSign" : "SunEC");
    }

    /** RFC 7518 §3.5: one hash throughout, and a salt of its length. */
    @ParameterizedTest
    @CsvSource({"PS256, SHA-256, 32", "PS384, SHA-384, 48", "PS512, SHA-512, 64"})
    void statesTheParametersOfPss(SignatureAlgorithm algorithm, String hash, int saltLength) {
        var override = PlatformProvider.forSignatures(algorithm)
                .getSuppliedKeyProviderContext()
                .getSignatureAlgorithmOverride();
        assertThat(override.getAlgorithmName()).isEqualTo("RSASSA-PSS");
        assertThat(override.getAlgorithmParameterSpec()).isInstanceOfSatisfying(PSSParameterSpec.class, pss -> {
            assertThat(pss.getDigestAlgorithm()).isEqualTo(hash);
            assertThat(pss.getMGFParameters())
                    .isInstanceOfSatisfying(
                            MGF1ParameterSpec.class,
                            mask -> assertThat(mask.getDigestAlgorithm()).isEqualTo(hash));
            assertThat(pss.getSaltLength()).isEqualTo(saltLength);
            assertThat(pss.getTrailerField()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = "PS.*")
    void statesNothingElse(SignatureAlgorithm algorithm) {
        Context context = PlatformProvider.forSignatures(algorithm).getSuppliedKeyProviderContext();
        assertThat(context.getSignatureAlgorithmOverride()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"RSA, RS256, SunRsaSign", "EC, ES256, SunEC"})
    void leavesTheChoiceToAPlatformThatWasStripped(String keyType, SignatureAlgorithm algorithm, String name) {
        Provider provider = Security.getProvider(name);
        int place = List.of(Security.getProviders()).indexOf(provider) + 1;
        Security.removeProvider(name);
        try {
            assertThat(PlatformProvider.forKeys(keyType)).isNull();
            assertThat(PlatformProvider.forSignatures(algorithm)
                            .getSuppliedKeyProviderContext()
                            .getSignatureProvider())
                    .isNull();
        } finally {
            Security.insertProviderAt(provider, place);
        }
    }
}
