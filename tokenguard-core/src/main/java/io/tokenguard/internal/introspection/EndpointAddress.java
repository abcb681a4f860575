package io.tokenguard.internal.introspection;

import io.tokenguard.internal.keys.IssuerMetadata;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The address of an endpoint where this API is a client. */
@FunctionalInterface
public interface EndpointAddress {
    /** Starts the look-up; fails with a {@code FetchException}. */
    CompletableFuture<URI> find();

    /** As configured. */
    static EndpointAddress at(URI address) {
        CompletableFuture<URI> known = CompletableFuture.completedFuture(address);
        return () -> known;
    }

    /**
     * From the issuer's metadata (RFC 8414 §2).
     *
     * @param member the name in the metadata, such as {@code introspection_endpoint}
     * @param nanoTime monotonic nanoseconds
     */
    static EndpointAddress of(IssuerMetadata metadata, String member, LongSupplier nanoTime) {
        return new Discovered(metadata, member, nanoTime);
    }

    /** Cached for an hour; one look-up at a time. Checks on each use that it does not lead to an internal address. */
    final class Discovered implements EndpointAddress {
        private static final Duration LIFE = Duration.ofHours(1);

        private final AtomicReference<@Nullable Search> last = new AtomicReference<>();
        private final IssuerMetadata metadata;
        private final String member;
        private final LongSupplier nanoTime;

        private Discovered(IssuerMetadata metadata, String member, LongSupplier nanoTime) {
            this.metadata = metadata;
            this.member = member;
            this.nanoTime = nanoTime;
        }

        private record Search(CompletableFuture<URI> address, long until) {
            boolean serves(long now) {
                return !address.isCompletedExceptionally() && now - until < 0;
            }
        }

        @Override
        public CompletableFuture<URI> find() {
            return search().thenCompose(
                            address -> metadata.requireOuter(member, address).thenApply(unused -> address));
        }

        @SuppressWarnings("FutureReturnValueIgnored") // A failure reaches the callers that wait.
        private CompletableFuture<URI> search() {
            long now = nanoTime.getAsLong();
            Search known = last.get();
            if (known != null && known.serves(now)) {
                return known.address;
            }
            Search mine = new Search(new CompletableFuture<>(), now + LIFE.toNanos());
            if (!last.compareAndSet(known, mine)) {
                return search();
            }
            metadata.find(member).whenComplete((address, failure) -> {
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
