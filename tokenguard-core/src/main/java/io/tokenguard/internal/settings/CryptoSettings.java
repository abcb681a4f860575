package io.tokenguard.internal.settings;

import java.nio.file.Path;
import java.security.Provider;
import java.util.Optional;

/**
 * Which provider verifies signatures, and which keys decrypt tokens.
 *
 * @param name {@code auto}, {@code jdk}, or the name of a provider
 * @param provider the provider that was set in code; empty if it is found by its name
 * @param decryptionKeyFile the file with the private keys; empty if encrypted tokens are refused
 */
public record CryptoSettings(String name, Optional<Provider> provider, Optional<Path> decryptionKeyFile) {
    /** The fastest provider that is present, and no encrypted tokens. */
    public static final CryptoSettings AUTO = new CryptoSettings("auto", Optional.empty(), Optional.empty());

    /** The same by a provider that is found by its name. */
    public CryptoSettings by(String other) {
        return new CryptoSettings(other, Optional.empty(), decryptionKeyFile);
    }

    /** The same by a provider. */
    public CryptoSettings by(Provider other) {
        return new CryptoSettings(other.getName(), Optional.of(other), decryptionKeyFile);
    }

    /** The same with private keys. */
    public CryptoSettings decryptingWith(Path file) {
        return new CryptoSettings(name, provider, Optional.of(file));
    }
}
