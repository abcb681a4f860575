package io.tokenguard.cli;

import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.jose.TokenDecrypter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A token, and the signed token inside if it is encrypted and can be decrypted.
 *
 * @param presented the token as it was presented
 * @param signed the signed token; the same if it is not encrypted, empty if it can't be decrypted
 * @param obstacle why it can't be decrypted; empty if it can
 */
record OpenedToken(DecodedToken presented, Optional<DecodedToken> signed, String obstacle) {
    private static final String KEY = "tokenguard.decryption-key-file";

    /** Decrypts by the key that a configuration names. */
    static OpenedToken of(DecodedToken token, Optional<Configuration> configuration) {
        if (!token.isEncrypted()) {
            return new OpenedToken(token, Optional.of(token), "");
        }
        Optional<Path> file = configuration.flatMap(
                found -> found.settings().operation().crypto().decryptionKeyFile());
        return file.map(name -> by(name, token))
                .orElseGet(() -> closed(
                        token,
                        configuration.isEmpty()
                                ? "pass --config FILE with " + KEY
                                : "set " + KEY + " to the private key that the issuer encrypts for"));
    }

    private static OpenedToken by(Path file, DecodedToken token) {
        try {
            String inside = TokenDecrypter.read(Files.readAllBytes(file)).decrypt(token.presented());
            return new OpenedToken(token, Optional.of(DecodedToken.of(inside)), "");
        } catch (MalformedException failed) {
            return closed(token, KEY + " does not decrypt it: " + failed.getMessage());
        } catch (IOException unreadable) {
            return closed(token, KEY + " can't be read");
        }
    }

    private static OpenedToken closed(DecodedToken token, String obstacle) {
        return new OpenedToken(token, Optional.empty(), obstacle);
    }

    /** The token that can be read: the signed one, or else the presented one. */
    DecodedToken readable() {
        return signed.orElse(presented);
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "OpenedToken[not shown]";
    }
}
