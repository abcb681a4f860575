package io.tokenguard.internal.settings;

import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Where an issuer's keys are: exactly one of these. */
public sealed interface KeyLocation {
    /** Where the issuer's metadata says. */
    record Discovered() implements KeyLocation {}

    /** At an address. */
    record At(URI jwksUri) implements KeyLocation {}

    /** In a file. */
    record In(Path jwksFile) implements KeyLocation {}

    /** Here. */
    record Given(List<VerificationKey> keys) implements KeyLocation {}

    /** Wherever the application says. */
    record Plugged(KeySource source) implements KeyLocation {}
}
