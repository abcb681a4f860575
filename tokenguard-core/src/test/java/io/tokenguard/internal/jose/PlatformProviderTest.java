package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A verdict must not depend on which providers stand first in the list of the JVM. */
class PlatformProviderTest {
    private static SignatureScheme scheme(SignatureAlgorithm algorithm) {
        return Objects.requireNonNull(PlatformProvider.schemes().get(algorithm));
    }

    @ParameterizedTest
    @CsvSource({"RSA, SunRsaSign", "EC, SunEC", "OKP, SunEC"})
    void readsKeys(String keyType, String provider) {
        assertThat(PlatformProvider.forKeys(keyType)).isEqualTo(provider);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_NONE,
            names = {"RS.*", "HS.*", "ES256K", "ML_DSA.*"})
    void verifiesSignatures(SignatureAlgorithm algorithm) {
        assertThat(scheme(algorithm))
                .isInstanceOfSatisfying(
                        JcaScheme.class,
                        scheme -> assertThat(scheme.provider().orElseThrow().getName())
                                .isEqualTo(algorithm.name().startsWith("PS") ? "SunRsaSign" : "SunEC"));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = "RS.*")
    void isNotAskedWhereTheSpecificationAloneDecides(SignatureAlgorithm algorithm) {
        assertThat(scheme(algorithm)).isInstanceOf(Pkcs1Scheme.class);
    }

    @ParameterizedTest
    @CsvSource({"RSA, PS256, SunRsaSign", "EC, ES256, SunEC"})
    void leavesTheChoiceToAPlatformThatWasStripped(String keyType, SignatureAlgorithm algorithm, String name) {
        Provider provider = Security.getProvider(name);
        int place = List.of(Security.getProviders()).indexOf(provider) + 1;
        Security.removeProvider(name);
        try {
            assertThat(PlatformProvider.forKeys(keyType)).isNull();
            assertThat(scheme(algorithm))
                    .isInstanceOfSatisfying(
                            JcaScheme.class,
                            scheme -> assertThat(scheme.provider()).isEmpty());
            assertThat(scheme(algorithm).isAvailable()).isFalse();
            assertThat(scheme(algorithm).worker()).isEqualTo("the first provider of the platform");
        } finally {
            Security.insertProviderAt(provider, place);
        }
    }
}
