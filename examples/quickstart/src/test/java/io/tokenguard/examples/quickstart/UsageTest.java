package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void theHelpNamesEveryCommand(String option) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream usual = System.out;
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            Quickstart.main(option);
        } finally {
            System.setOut(usual);
        }
        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("--port N", "--config FILE.properties", "dpop ADDRESS TOKEN PRIVATE_JWK", "dialects [NAME]");
    }

    @Test
    void aWrongCallIsAnsweredWithTheSame() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse("--prot", "1"))
                .withMessage(Arguments.USAGE);
    }
}
