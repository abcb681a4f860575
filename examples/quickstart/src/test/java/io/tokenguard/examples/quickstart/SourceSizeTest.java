package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files of main sources are short enough to be read at once. */
class SourceSizeTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final int MOST_LINES = 300;

    /** They have one method per setting or claim, with its documentation: splitting them would split the public API. */
    private static final Map<String, Integer> LONGER = Map.of(
            "TokenGuardBuilder.java", 720,
            "TrustedIssuerBuilder.java", 380,
            "TokenGuard.java", 620,
            "AccessToken.java", 390,
            "GuardHealth.java", 370,
            "GuardSettingsBuilder.java", 340,
            "AccessRequirement.java", 365);

    private static List<Path> mainSources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }

    @Test
    void hasAtMostThreeHundredLinesAFile() throws IOException {
        Map<String, Integer> tooLong = new TreeMap<>();
        for (Path file : mainSources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > LONGER.getOrDefault(file.getFileName().toString(), MOST_LINES)) {
                tooLong.put(ROOT.relativize(file).toString(), lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }
}
