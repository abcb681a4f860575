package io.tokenguard.internal.settings;

import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Where an issuer's keys are: exactly one of these. */
public sealed interface KeyLocation {
    /** At the address in the issuer's metadata. */
    record Discovered() implements KeyLocation {}

    /** At an address. */
    record At(URI jwksUri) implements KeyLocation {}

    /** In a file. */
    record In(Path jwksFile) implements KeyLocation {}

    /** In the configuration. */
    record Given(List<VerificationKey> keys) implements KeyLocation {}

    /** In a source of the application. */
    record Plugged(KeySource source) implements KeyLocation {}
}
