package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the built jar as anybody would: {@code java -jar}. */
class CliJarIT {
    private final Sample sample;

    CliJarIT(@TempDir Path folder) {
        sample = new Sample(folder);
    }

    @Test
    void explainsATokenAsTheClassesDo() {
        String[] words = {"explain", "--config", sample.config(), "--at", Sample.AT, "--request", "GET /orders/1"};
        CliResult result = CliProcess.ofJar(sample.token().sign(), words);
        Golden.compare("explain-accepted", result.everything());
        assertThat(result.exit()).isZero();
    }

    /** Services of several modules have to be merged into one file of the jar. */
    @ParameterizedTest
    @CsvSource({
        "tokenguard.revocation.redis-uri, redis://127.0.0.1:1",
        "tokenguard.state.jdbc-uri, jdbc:postgresql://127.0.0.1:1/none"
    })
    void hasTheProviderOfEachSharedState(String key, String address) {
        CliResult result = CliProcess.ofJar("", "doctor", "--config", sample.config(key + "=" + address));
        assertThat(result.out()).contains(key + ": no connection");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void readsYaml() {
        Path yaml = sample.write(
                "application.yml",
                "tokenguard:\n  issuer-uri: https://issuer.example.com\n  audiences: [https://api.example.com]\n");
        assertThat(CliProcess.ofJar("", "routes", "--config", yaml.toString()).exit())
                .isZero();
    }

    @Test
    void mintsAToken(@TempDir Path keys) {
        CliResult result = CliProcess.ofJar("", "mint", "--keys", keys.toString());
        assertThat(result.out()).matches("eyJ[\\w.-]+\\R");
        assertThat(result.exit()).isZero();
    }
}
