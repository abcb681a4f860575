package io.tokenguard.internal.keys;

import io.tokenguard.internal.jose.JwkReader;
import io.tokenguard.internal.jose.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Loads the current keys of one issuer. */
@FunctionalInterface
interface KeySetLoader {
    /** Starts to load and returns at once; fails with a {@link FetchException}. */
    CompletableFuture<LoadedKeys> load();

    /** Loads from a file, which may be replaced while the application runs. */
    static KeySetLoader in(Path file, long largest) {
        return () -> {
            try {
                if (Files.size(file) > largest) {
                    throw new FetchException("file is larger than the limit");
                }
                return CompletableFuture.completedFuture(read(Files.readAllBytes(file), Optional.empty()));
            } catch (IOException unreadable) {
                return CompletableFuture.failedFuture(new FetchException("file can't be read"));
            } catch (FetchException failure) {
                return CompletableFuture.failedFuture(failure);
            }
        };
    }

    /** Reads a set; rejects one without a usable key, which would make all tokens of the issuer invalid. */
    static LoadedKeys read(byte[] document, Optional<Duration> maxAge) throws FetchException {
        try {
            KeySet keys = new KeySet(JwkReader.readSet(document));
            if (keys.isEmpty()) {
                throw new FetchException("EMPTY_KEY_SET: no usable key in the set");
            }
            return new LoadedKeys(keys, document, maxAge);
        } catch (MalformedException malformed) {
            throw new FetchException("not a key set: " + malformed.getMessage());
        }
    }
}
