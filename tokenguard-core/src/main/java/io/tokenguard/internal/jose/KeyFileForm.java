package io.tokenguard.internal.jose;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Recognises what files with keys hold by mistake. */
public final class KeyFileForm {
    private static final int BEGINNING = 64;

    private KeyFileForm() {}

    /** What is wrong with a file that has no keys; empty if it may have some. */
    public static Optional<String> mistake(byte[] content) {
        String start = new String(content, 0, Math.min(BEGINNING, content.length), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (start.isEmpty()) {
            return Optional.of("file is empty");
        } else if (start.startsWith("<")) {
            return Optional.of("file is HTML or XML: a download may have saved an error page");
        }
        return Optional.empty();
    }
}
