package io.tokenguard.internal.settings;

import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.crypto.SecretKey;

/** Where an issuer's keys are: exactly one of these. */
public sealed interface KeyLocation {
    /** The setting, for messages: a property without its prefix, or a method. */
    String setting();

    /** At the address in the issuer's metadata. */
    record Discovered() implements KeyLocation {
        @Override
        public String setting() {
            return "issuer-uri";
        }
    }

    /** At an address. */
    record At(URI jwksUri) implements KeyLocation {
        @Override
        public String setting() {
            return "jwks-uri";
        }
    }

    /** In a file. */
    record In(Path jwksFile) implements KeyLocation {
        @Override
        public String setting() {
            return "jwks-file";
        }
    }

    /** In the configuration. */
    record Given(List<VerificationKey> keys) implements KeyLocation {
        @Override
        public String setting() {
            return "keys";
        }
    }

    /** In the configuration: a secret for HMAC. */
    record Secret(SecretKey key) implements KeyLocation {
        @Override
        public String setting() {
            return "hmac-secret-file";
        }

        /** Contains nothing of the secret. */
        @Override
        public String toString() {
            return "Secret[not shown]";
        }
    }

    /** In a source of the application. */
    record Plugged(KeySource source) implements KeyLocation {
        @Override
        public String setting() {
            return "keysFrom";
        }
    }
}
