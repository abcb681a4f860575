package io.tokenguard.internal.keys;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds an issuer's key set through its metadata. Keeps the address for an hour, or until it fails; before each load, checks
 * that it does not lead to an internal address.
 */
final class Discovery implements KeySetLoader {
    private static final Duration ADDRESS_LIFE = Duration.ofHours(1);

    private static final String MEMBER = "jwks_uri";

    private final IssuerMetadata metadata;
    private final Clock clock;
    private volatile @Nullable Found found;

    Discovery(IssuerMetadata metadata, Clock clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    private record Found(AddressedKeys keys, Instant until) {}

    @Override
    public CompletableFuture<LoadedKeys> load() {
        Found known = found;
        return known != null && clock.instant().isBefore(known.until)
                ? loadFrom(known)
                : metadata.find(MEMBER).thenCompose(jwksUri -> loadFrom(keep(jwksUri, known)));
    }

    /** An unchanged address keeps its cached copy of the keys. */
    private Found keep(URI jwksUri, @Nullable Found known) {
        AddressedKeys keys = known != null && known.keys.jwksUri().equals(jwksUri)
                ? known.keys
                : new AddressedKeys(jwksUri, metadata.fetcher(), metadata.limits());
        return new Found(keys, clock.instant().plus(ADDRESS_LIFE));
    }

    private CompletableFuture<LoadedKeys> loadFrom(Found address) {
        return metadata.requireOuter(MEMBER, address.keys.jwksUri())
                .thenCompose(unused -> address.keys.load())
                .whenComplete((keys, failure) -> found = failure == null ? address : null);
    }
}
