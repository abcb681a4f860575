package io.tokenguard.internal.introspection;

import io.tokenguard.internal.keys.IssuerMetadata;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells where the endpoint is. */
@FunctionalInterface
public interface EndpointAddress {
    /** Starts to find it; fails with a {@code FetchException}. */
    CompletableFuture<URI> find();

    /** Where it was configured to be. */
    static EndpointAddress at(URI address) {
        CompletableFuture<URI> known = CompletableFuture.completedFuture(address);
        return () -> known;
    }

    /** Where the issuer's metadata say (RFC 8414 §2). */
    static EndpointAddress of(IssuerMetadata metadata, Clock clock) {
        return new Discovered(metadata, clock);
    }

    /** Kept for an hour; asked for by one at a time. That it does not lead to an inner address is checked before each use. */
    final class Discovered implements EndpointAddress {
        private static final String MEMBER = "introspection_endpoint";
        private static final Duration LIFE = Duration.ofHours(1);

        private final AtomicReference<@Nullable Search> last = new AtomicReference<>();
        private final IssuerMetadata metadata;
        private final Clock clock;

        private Discovered(IssuerMetadata metadata, Clock clock) {
            this.metadata = metadata;
            this.clock = clock;
        }

        private record Search(CompletableFuture<URI> address, Instant until) {
            boolean serves(Instant now) {
                return !address.isCompletedExceptionally() && now.isBefore(until);
            }
        }

        @Override
        public CompletableFuture<URI> find() {
            return search().thenCompose(
                            address -> metadata.requireOuter(MEMBER, address).thenApply(unused -> address));
        }

        @SuppressWarnings("FutureReturnValueIgnored") // What fails is told to whoever looks.
        private CompletableFuture<URI> search() {
            Instant now = clock.instant();
            Search known = last.get();
            if (known != null && known.serves(now)) {
                return known.address;
            }
            Search mine = new Search(new CompletableFuture<>(), now.plus(LIFE));
            if (!last.compareAndSet(known, mine)) {
                return search();
            }
            metadata.find(MEMBER).whenComplete((address, failure) -> {
                if (failure == null) {
                    mine.address.complete(address);
                } else {
                    mine.address.completeExceptionally(failure);
                }
            });
            return mine.address;
        }
    }
}
