package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.config.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page about issuers lists each dialect with the settings that it stands for. */
class DialectTableTest {
    private static final Path PAGE = Path.of("..", "docs", "issuers.md");
    private static final List<String> COLUMNS = List.of(
            "token-types",
            "required-claims",
            "marker",
            "audience-claim",
            "client-claim",
            "subject-kind",
            "scope-claim",
            "roles-claim");

    private static String row(Dialect dialect) {
        Map<String, String> settings = TrustedIssuer.settingsOf(dialect);
        return Stream.concat(
                        Stream.of(dialect.settingName()),
                        COLUMNS.stream().map(column -> settings.getOrDefault("tokenguard." + column, "")))
                .map(cell -> cell.isEmpty() ? " " : " `" + cell + "` ")
                .collect(Collectors.joining("|", "|", "|"));
    }

    @Test
    void listsTheSettingsOfEachDialect() throws IOException {
        List<String> rows = Arrays.stream(Dialect.values())
                .filter(dialect -> dialect != Dialect.AUTO)
                .map(DialectTableTest::row)
                .toList();
        List<String> listed = Files.readAllLines(PAGE);
        assertThat(rows)
                .as("%s", String.join("\n", rows))
                .allSatisfy(row -> assertThat(listed).contains(row));
    }

    /** With the keys of properties, so that they can be copied. */
    @ParameterizedTest
    @EnumSource(value = Dialect.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void printsKeysThatExist(Dialect dialect) {
        Map<String, String> settings = TrustedIssuer.settingsOf(dialect);
        assertThat(settings).containsKeys("tokenguard.token-types", "tokenguard.required-claims");
        GuardProperties.of(Map.of("tokenguard.issuer-uri", "https://issuer.example.com", "tokenguard.audiences", "api"))
                .withDefaults(settings)
                .toBuilder();
    }
}
