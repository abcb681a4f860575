package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The artifacts that are published, and the BOM that names them. */
class PublishedArtifactsTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path BOM = Path.of("integrations", "tokenguard-bom");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern MANAGED = Pattern.compile(
            "<groupId>io\\.tokenguard</groupId>\\s+<artifactId>([^<]+)</artifactId>\\s+<version>\\$\\{project\\.version}</version>");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>tokenguard-parent</artifactId>\\s+<version>([^<]+)</version>");

    @Test
    void theBomNamesEachPublishedArtifactAndNoOther() {
        List<String> published = modules().stream()
                .filter(module -> !module.equals(BOM))
                .filter(PublishedArtifactsTest::isPublished)
                .map(Path::getFileName)
                .map(Path::toString)
                .toList();

        assertThat(all(MANAGED, pom(BOM))).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void everyModuleHasTheVersionOfTheParent() {
        String version = all(VERSION, pom(Path.of(""))).get(0);

        assertThat(modules())
                .allSatisfy(module -> assertThat(all(VERSION, pom(module))).containsExactly(version));
    }

    @Test
    void everyPublishedModuleHasANameAndADescription() {
        assertThat(modules().stream().filter(PublishedArtifactsTest::isPublished))
                .allSatisfy(module -> assertThat(pom(module)).contains("<name>", "<description>"));
    }

    private static List<Path> modules() {
        return all(MODULE, pom(Path.of(""))).stream().map(Path::of).distinct().toList();
    }

    private static boolean isPublished(Path module) {
        return !pom(module).contains("<maven.deploy.skip>true</maven.deploy.skip>");
    }

    private static String pom(Path module) {
        try {
            return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
