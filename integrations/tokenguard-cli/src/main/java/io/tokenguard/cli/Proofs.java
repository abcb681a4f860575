package io.tokenguard.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the values of options that are better kept in a file. */
final class Proofs {
    private Proofs() {}

    /** The value, or the content of the file after {@code @}; empty for null. */
    static Optional<String> read(@Nullable String option) {
        if (option == null || !option.startsWith("@")) {
            return Optional.ofNullable(option);
        }
        try {
            return Optional.of(Files.readString(Path.of(option.substring(1))).strip());
        } catch (IOException | InvalidPathException unreadable) {
            throw new UsageException("The file after @ can't be read");
        }
    }
}
