package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** People and machines read the names of algorithms as settings and tokens write them. */
class AlgorithmNamesTest {
    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void eachShownNameCanBeSet(SignatureAlgorithm algorithm) {
        assertThat(SignatureAlgorithm.named(algorithm.toString())).contains(algorithm);
    }

    @ParameterizedTest
    @CsvSource({"ED25519, EdDSA", "ED448, Ed448", "ML_DSA_44, ML-DSA-44", "ES256, ES256"})
    void areThoseOfTheRegistry(SignatureAlgorithm algorithm, String name) {
        assertThat(algorithm).hasToString(name);
    }
}
