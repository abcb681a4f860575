package io.tokenguard.websocket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The declaration in {@code web.xml} that the documentation shows. */
final class DocumentedDeclaration {
    private static final Pattern DECLARATION = Pattern.compile("```xml\n(<filter>.*?)```", Pattern.DOTALL);

    private DocumentedDeclaration() {}

    static String read() throws IOException {
        Matcher block = DECLARATION.matcher(Files.readString(Path.of("..", "..", "docs", "servlet.md")));
        if (!block.find()) {
            throw new IllegalStateException("docs/servlet.md shows no filter in XML");
        }
        return block.group(1);
    }
}
