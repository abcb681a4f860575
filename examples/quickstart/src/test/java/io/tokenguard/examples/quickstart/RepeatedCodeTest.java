package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What two modules need stands in a module that both depend on. */
class RepeatedCodeTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final int MOST_LINES = 20;

    /** The lines of code of a file, without comments, imports and lines of punctuation only. */
    private static List<String> code(Path file) throws IOException {
        String text = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "");
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.matches("//.*|import .*|package .*|\\W*"))
                .toList();
    }

    private static List<Path> mainSources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }

    @Test
    void noTwoModulesRepeatTwentyLines() throws IOException {
        Map<List<String>, String> places = new HashMap<>();
        TreeSet<String> repeated = new TreeSet<>();
        for (String module : PublicTypesTest.modules().toList()) {
            for (Path file : mainSources(ROOT.resolve(module))) {
                String place = module + "/" + file.getFileName();
                List<String> lines = code(file);
                for (int i = 0; i + MOST_LINES <= lines.size(); i++) {
                    String other = places.putIfAbsent(lines.subList(i, i + MOST_LINES), place);
                    if (other != null && !other.startsWith(module + "/")) {
                        repeated.add(other + " ~ " + place);
                    }
                }
            }
        }
        assertThat(repeated).isEmpty();
    }
}
