package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every property key that a message, a comment or a page names is documented in the table of settings. */
class NamedKeysTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern KEY =
            Pattern.compile("(?<![\\w.])tokenguard\\.[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)*(?<!-)");
    private static final Pattern ISSUER = Pattern.compile("tokenguard\\.issuers\\.[^.]+\\.(.+)");
    private static final Pattern DESTINATION = Pattern.compile("tokenguard\\.downstream\\.[^.]+\\.(.+)");
    private static final Pattern DESTINATION_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");
    /** Routes, limits and writes, and what precedes the settings of an issuer or a destination. */
    private static final Pattern NAMED_BY_USERS = Pattern.compile(
            "tokenguard\\.(routes|limits|writes|issuers|downstream)(\\.[^.]+)?|tokenguard\\.lists\\.[^.]+\\.file");

    /** The names of files, the key that names one, and a meter. */
    private static final Set<String> NO_SETTINGS =
            Set.of("tokenguard.properties", "tokenguard.mv.db", "tokenguard.config", "tokenguard.report.only.refusals");

    private static Set<String> keysIn(String text) {
        return KEY.matcher(text).results().map(match -> match.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Path> pagesAndSources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> isSource(file) || isPage(file))
                    .toList()
                    .stream();
        }
    }

    private static boolean isSource(Path file) {
        return file.toString().contains("/src/main/java/")
                && file.toString().endsWith(".java")
                && !file.toString().contains("tokenguard-bench")
                && !file.toString().contains("tokenguard-micrometer");
    }

    private static boolean isPage(Path file) {
        // Names of meters look like keys, and have a test of their own.
        boolean isAboutMeters = file.endsWith("observability.md");
        return file.getFileName().toString().equals("README.md")
                || (file.getParent().endsWith("docs") && file.toString().endsWith(".md") && !isAboutMeters);
    }

    private static boolean isKnown(String key, Set<String> documented) {
        if (NO_SETTINGS.contains(key) || NAMED_BY_USERS.matcher(key).matches()) {
            return true;
        }
        var issuer = ISSUER.matcher(key);
        var destination = DESTINATION.matcher(key);
        if (destination.matches()) {
            return documented.contains("downstream: " + destination.group(1));
        }
        return documented.contains(issuer.matches() ? "tokenguard." + issuer.group(1) : key)
                || documented.stream().anyMatch(known -> known.startsWith(key + "."));
    }

    @Test
    void isDocumented() throws IOException {
        Set<String> documented = keysIn(Files.readString(ROOT.resolve("docs").resolve("configuration.md")));
        // The starter has settings of its own.
        documented.addAll(keysIn(Files.readString(ROOT.resolve("docs").resolve("spring-boot.md"))).stream()
                .filter(key -> key.startsWith("tokenguard.spring."))
                .toList());
        DESTINATION_ROW
                .matcher(Files.readString(ROOT.resolve("docs").resolve("downstream.md")))
                .results()
                .forEach(row -> documented.add("downstream: " + row.group(1)));
        assertThat(documented).hasSizeGreaterThan(60);
        Set<String> unknown = new TreeSet<>();
        for (Path file : pagesAndSources().toList()) {
            keysIn(Files.readString(file)).stream()
                    .filter(key -> !isKnown(key, documented))
                    .forEach(key -> unknown.add(ROOT.relativize(file) + ": " + key));
        }
        assertThat(unknown).isEmpty();
    }
}
