package io.tokenguard.internal.keys;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds an issuer's key set through its metadata. Keeps the address for an hour, or until it fails; before each load, checks
 * that it does not lead to an internal address.
 */
final class Discovery implements KeySetLoader {
    private static final Duration ADDRESS_LIFE = Duration.ofHours(1);

    private static final String MEMBER = "jwks_uri";

    private final IssuerMetadata metadata;
    private final Consumer<Map<String, @Nullable Object>> observer;
    private final Clocks clocks;
    private volatile @Nullable Found found;

    /** @param observer takes the metadata of each load, before the keys are loaded */
    Discovery(IssuerMetadata metadata, Consumer<Map<String, @Nullable Object>> observer, Clocks clocks) {
        this.metadata = metadata;
        this.observer = observer;
        this.clocks = clocks;
    }

    private record Found(AddressedKeys keys, Instant until) {}

    @Override
    public CompletableFuture<LoadedKeys> load() {
        Found known = found;
        return known != null && clocks.moment().isBefore(known.until)
                ? loadFrom(known)
                : findAddress().thenCompose(jwksUri -> loadFrom(keep(jwksUri, known)));
    }

    private CompletableFuture<URI> findAddress() {
        return metadata.read().thenCompose(read -> {
            observer.accept(read.members());
            return metadata.address(read, MEMBER);
        });
    }

    /** An unchanged address keeps its cached copy of the keys. */
    private Found keep(URI jwksUri, @Nullable Found known) {
        AddressedKeys keys = known != null && known.keys.jwksUri().equals(jwksUri)
                ? known.keys
                : new AddressedKeys(
                        jwksUri, metadata.fetcher().from(metadata.place().base(), jwksUri), metadata.limits());
        return new Found(keys, clocks.moment().plus(ADDRESS_LIFE));
    }

    private CompletableFuture<LoadedKeys> loadFrom(Found address) {
        return metadata.requireOuter(MEMBER, address.keys.jwksUri())
                .thenCompose(unused -> address.keys.load())
                .whenComplete((keys, failure) -> found = failure == null ? address : null);
    }
}
