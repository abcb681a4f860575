package io.tokenguard.internal.keys;

import io.tokenguard.internal.jose.JwkReader;
import io.tokenguard.internal.jose.MalformedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Loads the current keys of one issuer. */
@FunctionalInterface
interface KeySetLoader {
    /** Starts to load and returns at once; fails with a {@link FetchException}. */
    CompletableFuture<KeySet> load();

    /** Loads from one address. */
    static KeySetLoader at(URI jwksUri, DocumentFetcher fetcher) {
        return () -> fetcher.fetch(jwksUri).thenCompose(KeySetLoader::read);
    }

    /** Loads from a file, which may be replaced while the application runs. */
    static KeySetLoader in(Path file, long largest) {
        return () -> {
            try {
                if (Files.size(file) > largest) {
                    return CompletableFuture.failedFuture(new FetchException("file is larger than the limit"));
                }
                return read(Files.readAllBytes(file));
            } catch (IOException unreadable) {
                return CompletableFuture.failedFuture(new FetchException("file can't be read"));
            }
        };
    }

    /** Reads a set; one without a usable key is refused, for it would silence the issuer. */
    static CompletableFuture<KeySet> read(byte[] document) {
        try {
            KeySet keys = new KeySet(JwkReader.readSet(document));
            return keys.isEmpty()
                    ? CompletableFuture.failedFuture(new FetchException("key set holds no usable key"))
                    : CompletableFuture.completedFuture(keys);
        } catch (MalformedException malformed) {
            return CompletableFuture.failedFuture(new FetchException("not a key set: " + malformed.getMessage()));
        }
    }
}
