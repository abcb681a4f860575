package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.properties.PropertyKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares what editors show for the properties with {@code docs/configuration.md}. With the system property {@code
 * metadata.write}, writes the files before it compares them.
 */
@Tag("sources")
class PropertyMetadataTest {
    private static final JsonLimits LIMITS = new JsonLimits(16, 1_024, 1_024, 65_536, 40);

    private static void compare(Path file, String generated) throws IOException {
        if (System.getProperty("metadata.write") != null) {
            Files.writeString(file, generated);
        }
        assertThat(Files.readString(file))
                .as("%s; CONTRIBUTING names the command that writes it", file.getFileName())
                .isEqualTo(generated);
    }

    @Test
    void thePageDescribesEveryKey() throws IOException {
        assertThat(PropertyMetadata.ofPage().rows().stream().map(PropertyMetadata.Row::key))
                .containsExactlyInAnyOrderElementsOf(PropertyKeys.all());
    }

    @Test
    void theMetadataOfSpringAreThoseOfThePage() throws IOException {
        compare(PropertyMetadata.SPRING, PropertyMetadata.ofPage().spring());
    }

    @Test
    void theJsonSchemaIsThatOfThePage() throws IOException {
        compare(PropertyMetadata.SCHEMA, PropertyMetadata.ofPage().schema());
    }

    @Test
    void bothAreJson() throws IOException, MalformedException {
        PropertyMetadata page = PropertyMetadata.ofPage();
        for (String text : new String[] {page.spring(), page.schema()}) {
            assertThat(JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8), LIMITS))
                    .isNotEmpty();
        }
    }
}
