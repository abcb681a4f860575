package io.tokenguard.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SoakTest {
    @Test
    void findsEveryAnswerRightThroughTheFirstFaults() throws Exception {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        boolean isRight = Soak.run(Duration.ofSeconds(15), new PrintStream(report, true, StandardCharsets.UTF_8));
        assertThat(isRight).as(report.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(report.toString(StandardCharsets.UTF_8))
                .contains(
                        "REUSED: granted",
                        "DPOP: granted",
                        "OPAQUE: granted",
                        "REVOKED: 401 REVOKED",
                        "wrong answers: 0");
    }
}
