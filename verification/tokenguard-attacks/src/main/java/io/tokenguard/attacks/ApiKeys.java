package io.tokenguard.attacks;

import io.tokenguard.testkit.TestEncryption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The key pairs for which tokens of the attacked API are encrypted. Their public parts are known to everybody. */
final class ApiKeys {
    static final TestEncryption RSA = TestEncryption.generate("RSA-OAEP-256", "A256GCM");
    static final TestEncryption EC = TestEncryption.generate("ECDH-ES", "A128CBC-HS256");

    /** Key pairs that the API does not have. */
    static final TestEncryption FOREIGN_RSA = TestEncryption.generate("RSA-OAEP-256", "A256GCM");

    static final TestEncryption FOREIGN_EC = TestEncryption.generate("ECDH-ES", "A128CBC-HS256");

    private static final Path FILE = write();

    private ApiKeys() {}

    /** A file with the private keys. */
    static Path file() {
        return FILE;
    }

    private static Path write() {
        try {
            Path file = Files.createTempFile("tokenguard", ".jwks");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "{\"keys\":[" + RSA.privateJwk() + "," + EC.privateJwk() + "]}");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
