package io.tokenguard.internal.settings;

import java.security.Provider;
import java.util.Optional;

/**
 * Which provider verifies signatures.
 *
 * @param name {@code auto}, {@code jdk}, or the name of a provider
 * @param provider the provider that was set in code; empty if it is found by its name
 */
public record CryptoSettings(String name, Optional<Provider> provider) {
    /** The fastest provider that is present. */
    public static final CryptoSettings AUTO = of("auto");

    /** A provider by its name. */
    public static CryptoSettings of(String name) {
        return new CryptoSettings(name, Optional.empty());
    }

    /** A provider. */
    public static CryptoSettings of(Provider provider) {
        return new CryptoSettings(provider.getName(), Optional.of(provider));
    }
}
