package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.logging.RecordedLog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails because a file of keys can't be read. */
class KeyFileStartTest {
    @Test
    void saysSoOnceAndNotInTheLogToo(@TempDir Path folder) {
        RecordedLog.clear();
        TokenGuardBuilder settings = TokenGuard.builder()
                .issuer(TrustedIssuer.builder("https://issuer.example.com")
                        .audience("api")
                        .keysFrom(folder.resolve("none.json"))
                        .build())
                .route("/** authenticated");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(settings::build)
                .withMessageContaining("jwks-file")
                .withMessageContaining("the keys could not be loaded");
        assertThat(RecordedLog.recent().toString()).doesNotContain("could not be loaded");
    }
}
