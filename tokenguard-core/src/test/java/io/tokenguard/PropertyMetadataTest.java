package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.properties.PropertyKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds what editors know of the properties against {@code docs/configuration.md}, which has the same table. */
class PropertyMetadataTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final Pattern ROW = Pattern.compile(
            "^\\| `(tokenguard\\.[^`<]+)` \\| (?:[^|\\\\]|\\\\.)* \\| ((?:[^|\\\\]|\\\\.)*) \\|", Pattern.MULTILINE);
    private static final JsonLimits LIMITS = new JsonLimits(16, 1_024, 1_024, 65_536, 40);

    private static Map<String, ?> read(String resource) throws IOException, MalformedException {
        try (InputStream file = TokenGuard.class.getResourceAsStream("/META-INF/" + resource)) {
            return JsonReader.readObject(file.readAllBytes(), LIMITS);
        }
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            rows.put(row.group(1), sentence(row.group(2)));
        }
        return rows;
    }

    private static String sentence(String cell) {
        String plain = cell.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .replace("`", "")
                .replace("\\|", "|")
                .strip();
        String capital = plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }

    @Test
    void thePageDescribesEveryKey() throws IOException {
        assertThat(documented().keySet()).containsExactlyInAnyOrderElementsOf(PropertyKeys.all());
    }

    @Test
    void theMetadataOfSpringHaveTheDescriptionsOfThePage() throws IOException, MalformedException {
        Map<String, String> described = new LinkedHashMap<>();
        for (Object property :
                (List<?>) read("spring-configuration-metadata.json").get("properties")) {
            Map<?, ?> members = (Map<?, ?>) property;
            described.put((String) members.get("name"), (String) members.get("description"));
        }
        assertThat(described).containsKey("tokenguard.routes");
        described.remove("tokenguard.routes");
        assertThat(described).containsExactlyInAnyOrderEntriesOf(documented());
    }

    @Test
    void theJsonSchemaHasTheDescriptionsOfThePage() throws IOException, MalformedException {
        Map<String, String> described = new LinkedHashMap<>();
        ((Map<?, ?>) read("tokenguard.schema.json").get("properties"))
                .forEach((key, value) -> described.put((String) key, (String) ((Map<?, ?>) value).get("description")));
        assertThat(described).containsExactlyInAnyOrderEntriesOf(documented());
    }
}
