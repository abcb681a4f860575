package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesTest {
    private Sample sample;

    @BeforeEach
    void start(@TempDir Path folder) {
        sample = new Sample(folder);
    }

    @AfterEach
    void stop() {
        sample.close();
    }

    @Test
    void listsTheMostSpecificFirst() {
        CliProcess result = CliProcess.run("", "routes", "--config", sample.config());
        Golden.compare("routes", result.everything());
        assertThat(result.exit()).isZero();
    }

    @Test
    void listsLimitsBelow() {
        String config = sample.config("tokenguard.limits.orders=GET /orders/** limit 100/1m per subject");
        CliProcess result = CliProcess.run("", "routes", "--config", config);
        assertThat(result.out())
                .containsPattern("GET +/orders/\\*\\* +limit 100/1m per subject +tokenguard\\.limits\\.orders");
        assertThat(result.exit()).isZero();
    }

    @Test
    void showsWhichDecides() {
        CliProcess result = CliProcess.run("", "routes", "--config", sample.config(), "GET", "/orders/ADMIN");
        Golden.compare("routes-near", result.everything());
        assertThat(result.exit()).isZero();
    }

    @Test
    void refusesAnAmbiguousPath() {
        CliProcess result = CliProcess.run("", "routes", "--config", sample.config(), "GET", "/orders/../health");
        assertThat(result.out()).contains("Refused before any route: PATH_REJECTED");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void saysThatNoneMatches() {
        CliProcess result = CliProcess.run("", "routes", "--config", sample.config(), "DELETE", "/orders/1");
        assertThat(result.out()).contains("? no route matches; not known here: annotations decide");
        assertThat(result.exit()).isEqualTo(1);
    }
}
