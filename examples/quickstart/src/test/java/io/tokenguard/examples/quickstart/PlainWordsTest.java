package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages and main sources use the standard terms of the specifications. */
class PlainWordsTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern RIDDLES = Pattern.compile(
            "(?i)\\b(whoever|whomever|whatsoever|ahead of its end|(?:is|are|as|be) told|tells of|speaks of|judged|by lot|in its place"
                    + "|vouch\\w*|corridors?|rooms?|desks?|lanes?|mend(?:s|ed)?|riddles?|gives up that)\\b");
    private static final List<String> MODULES = List.of(
            "tokenguard-core",
            "tokenguard-servlet",
            "tokenguard-jaxrs",
            "tokenguard-testkit",
            "tokenguard-bench",
            "integrations",
            "verification",
            "examples");

    private static boolean isMainSource(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.contains("/src/main/java/") && path.endsWith(".java");
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }

    private static Stream<Path> pagesAndSources() throws IOException {
        Stream.Builder<Path> found = Stream.builder();
        try (Stream<Path> pages = Files.list(ROOT)) {
            pages.filter(page -> page.toString().endsWith(".md")).forEach(found);
        }
        files(ROOT.resolve("docs"))
                .filter(page -> page.toString().endsWith(".md"))
                .forEach(found);
        for (String module : MODULES) {
            files(ROOT.resolve(module)).filter(PlainWordsTest::isMainSource).forEach(found);
        }
        return found.build();
    }

    @Test
    void haveNoneOfTheRefusedWords() throws IOException {
        Set<String> refused = new TreeSet<>();
        for (Path file : pagesAndSources().toList()) {
            RIDDLES.matcher(Files.readString(file))
                    .results()
                    .forEach(word -> refused.add(ROOT.relativize(file) + ": " + word.group()));
        }
        assertThat(refused).isEmpty();
    }
}
