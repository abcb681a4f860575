package io.tokenguard.cli;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Private keys for development, one JWK in a file that only its owner can read. Never for production. */
final class KeyFolder {
    static final String ISSUER_KEY = "issuer.jwk";

    private KeyFolder() {}

    /** The key of an issuer in a folder; created if there is none. */
    static TestKey issuerKey(Path folder) {
        return key(folder.resolve(ISSUER_KEY));
    }

    /** The key in a file; created if there is none. */
    static TestKey key(Path file) {
        try {
            if (!Files.exists(file)) {
                TestKey created = TestKey.generate(TestAlgorithm.ES256);
                Path folder = file.toAbsolutePath().getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                Files.createFile(file, ownerOnly());
                Files.writeString(file, created.privateJwk());
            }
            return TestKey.fromPrivateJwk(Files.readString(file));
        } catch (IOException | IllegalArgumentException unusable) {
            throw new UsageException(
                    "The key file can't be read or created; name a file that mint, curl or serve-issuer"
                            + " has written, or one that does not exist, in a folder that you can write");
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
