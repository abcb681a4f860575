package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.jose.TokenDecrypter;
import io.tokenguard.internal.settings.CryptoSettings;
import io.tokenguard.internal.token.TokenDecryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the private keys that decrypt tokens. */
final class DecryptionKeys {
    private static final String KEY = "tokenguard.decryption-key-file";
    private static final int MOST_BYTES = 256 * 1024;

    private DecryptionKeys() {}

    /**
     * Decrypts with the configured keys, if there are any.
     *
     * @throws ConfigurationException if the file has no usable key, or a wrong one
     */
    static TokenDecryption of(CryptoSettings settings) {
        return new TokenDecryption(settings.decryptionKeyFile().map(DecryptionKeys::read));
    }

    private static TokenDecrypter read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw ConfigurationException.of(
                        KEY, file, "the file has more than 256 KiB; name a file with one to four keys");
            }
            return TokenDecrypter.read(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw ConfigurationException.of(KEY, file, "name a file that can be read");
        } catch (MalformedException malformed) {
            throw ConfigurationException.of(
                    KEY,
                    file,
                    "it can't be used (" + malformed.getMessage()
                            + "); name a file with one to four private keys, RSA or on P-256, P-384 or P-521: a JWK, a JWK set,"
                            + " or PEM in PKCS #8");
        }
    }
}
