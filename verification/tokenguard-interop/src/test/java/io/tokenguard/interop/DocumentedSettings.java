package io.tokenguard.interop;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuardBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** What the paper tells a user to set. */
final class DocumentedSettings {
    private static final Path PAPER = Path.of("..", "..", "docs", "issuers.md");

    private DocumentedSettings() {}

    /**
     * A block of properties, for an issuer of a test.
     *
     * @param heading the section that it stands in
     * @param position its place among the blocks of the section, from 1
     */
    static TokenGuardBuilder of(String heading, int position, String issuer) throws IOException {
        String section =
                Files.readString(PAPER).split("## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
        Properties block = new Properties();
        block.load(
                new StringReader(section.split("```properties\n", -1)[position].split("```", 2)[0]));
        Map<String, String> settings = new HashMap<>();
        block.stringPropertyNames().forEach(name -> settings.put(name, block.getProperty(name)));
        settings.put("tokenguard.issuer-uri", issuer);
        return GuardProperties.of(settings).toBuilder();
    }
}
