package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.config.Dialect;
import io.tokenguard.logging.RecordedLog;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page about issuers lists each dialect with the settings that it stands for. */
@Tag("sources")
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

    private static String section(Dialect dialect) throws IOException {
        return Arrays.stream(Files.readString(PAGE).split("\n## ", -1))
                .filter(section -> section.contains("\nDialect `" + dialect.settingName() + "`."))
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void hasASectionOnEachDialectWithWhatToSetAndWhatItsServerDoesNotTell(Dialect dialect) throws IOException {
        assertThat(section(dialect)).contains("\n```properties\n").containsPattern("\nLogout and revocation: \\w");
    }

    /** By name, or by an address that selects it; the settings that it needs are among them. */
    @ParameterizedTest
    @EnumSource(value = Dialect.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void startsAGuardOfTheDialectByTheSettingsOfItsSection(Dialect dialect) throws IOException {
        String section = section(dialect);
        int start = section.indexOf("```properties\n") + "```properties\n".length();
        Properties properties = new Properties();
        properties.load(new StringReader(section.substring(start, section.indexOf("```", start))));
        Map<String, String> settings = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
        RecordedLog.clear();
        GuardProperties.of(settings).toBuilder().build().close();
        boolean isByMetadata = dialect == Dialect.SPRING_AUTHORIZATION_SERVER;
        assertThat(RecordedLog.recent().stream()
                        .map(RecordedLog.Event::text)
                        .filter(line -> line.startsWith("issuer issuer=")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .contains(isByMetadata ? "by metadata" : "dialect=" + dialect.settingName() + " "));
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
