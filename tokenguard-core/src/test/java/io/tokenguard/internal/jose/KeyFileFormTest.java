package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFileFormTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | file is empty",
                "' ' | file is empty",
                "<!DOCTYPE html><html> | file is HTML",
                "<html> | file is HTML"
            })
    void saysWhatAFileHoldsInsteadOfKeys(String content, String problem) {
        assertThat(KeyFileForm.mistake(content.getBytes(StandardCharsets.UTF_8)).orElse(""))
                .startsWith(problem);
    }

    @Test
    void leavesKeysToTheirReader() {
        assertThat(KeyFileForm.mistake("{\"keys\":[]}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }
}
