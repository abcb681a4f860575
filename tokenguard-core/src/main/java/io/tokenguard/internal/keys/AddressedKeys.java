package io.tokenguard.internal.keys;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Loads keys from one address, with conditional requests (RFC 9110 §13.1.2). */
final class AddressedKeys implements KeySetLoader {
    private final URI jwksUri;
    private final DocumentFetcher fetcher;
    private final FetchLimits limits;
    private volatile @Nullable Copy copy;

    AddressedKeys(URI jwksUri, DocumentFetcher fetcher, FetchLimits limits) {
        this.jwksUri = jwksUri;
        this.fetcher = fetcher;
        this.limits = limits;
    }

    private record Copy(LoadedKeys keys, String entityTag) {}

    URI jwksUri() {
        return jwksUri;
    }

    @Override
    public CompletableFuture<LoadedKeys> load() {
        Copy held = copy;
        return fetcher.fetch(jwksUri, held == null ? "" : held.entityTag, limits)
                .thenCompose(document -> read(document, held));
    }

    private CompletableFuture<LoadedKeys> read(FetchedDocument document, @Nullable Copy held) {
        try {
            LoadedKeys keys = document.isUnchanged() && held != null
                    ? new LoadedKeys(held.keys.keys(), held.keys.document(), document.maxAge())
                    : KeySetLoader.read(document.body(), document.maxAge(), limits.mostKeys());
            String tag = document.isUnchanged() && held != null ? held.entityTag : document.entityTag();
            copy = new Copy(keys, tag);
            return CompletableFuture.completedFuture(keys);
        } catch (FetchException failure) {
            return CompletableFuture.failedFuture(
                    fetcher.explainedAsNoKeySet(failure.found(document.shownType()), jwksUri));
        }
    }
}
