package io.tokenguard.attacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An issuer whose tokens are verified by a shared secret. It serves nothing. */
final class SharedSecret {
    static final String ISSUER = "https://shared.example.com";

    private static final String TEXT = "a secret of sixty-four characters that is shared with an issuer.";
    private static final Path FILE = write();

    private SharedSecret() {}

    static byte[] secret() {
        return TEXT.getBytes(StandardCharsets.US_ASCII);
    }

    /** A file with the secret. */
    static Path file() {
        return FILE;
    }

    private static Path write() {
        try {
            Path file = Files.createTempFile("tokenguard", ".secret");
            file.toFile().deleteOnExit();
            return Files.writeString(file, TEXT + "\n");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
