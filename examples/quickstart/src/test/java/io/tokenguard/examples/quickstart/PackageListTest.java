package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of packages in CONTRIBUTING.md. */
class PackageListTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path PACKAGES = ROOT.resolve("tokenguard-core/src/main/java/io/tokenguard/internal");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `internal\\.(\\w+)` \\|");

    @Test
    void namesEachInternalPackageAndNoOther() throws IOException {
        List<String> listed = ROW.matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
        try (Stream<Path> packages = Files.list(PACKAGES)) {
            assertThat(listed)
                    .containsExactlyInAnyOrderElementsOf(
                            packages.map(Path::getFileName).map(Path::toString).toList());
        }
    }
}
